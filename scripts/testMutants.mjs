// `npm run test:mutants -- [--sample N] [--seed S] [--survivors] [GROUP|SOURCE …]`: breaks the sources in one place at a
// time and counts how often a test notices. Without names every group is broken; what is found goes to
// .cache/mutants/report.json as well. With --survivors only those that were not noticed last time are tried again.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { installRecipe } from './installRecipe.mjs';
import { compile } from './lint.mjs';
import { clear } from './mutants/askTest.mjs';
import { GROUPS, sourcesOf, testsOf } from './mutants/groups.mjs';
import { judgeAll, reach } from './mutants/judge.mjs';
import { plantFaults } from './mutants/plant.mjs';
import { groupLine, isNoticed, sampleOf, sourceLines, survivorLine } from './mutants/report.mjs';
import { heading } from './test.mjs';
import { setUpOrExit } from './setup.mjs';

const { values, positionals } = parseArgs({
  options: {
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    survivors: { type: 'boolean', default: false },
    jobs: { type: 'string', default: '2' },
  },
  allowPositionals: true,
});
const wanted = positionals.map((name) => name.replace(/\.ts$/, ''));
const unknown = wanted.filter(
  (name) => !(name in GROUPS) && !Object.keys(GROUPS).some((group) => sourcesOf(group).includes(name)),
);
if (unknown.length > 0) {
  console.error(`${unknown[0]} is neither a group (${Object.keys(GROUPS).join(', ')}) nor a source of one.`);
  process.exit(2);
}

await setUpOrExit();
if (!(await compile())) process.exit(1);
const installed = await installRecipe('mutants', "Stryker's instrumenter");
const reportFile = path.join(installed, 'report.json');
const former = existsSync(reportFile) ? JSON.parse(readFileSync(reportFile, 'utf8')) : {};
const folder = path.join(installed, `planted-${process.pid}`);
const identity = ({ place, kind, original, replacement }) => [place, kind, original, replacement].join('\0');

for (const group of Object.keys(GROUPS)) {
  const sources = sourcesOf(group).filter(
    (source) => wanted.length === 0 || wanted.includes(group) || wanted.includes(source),
  );
  if (sources.length === 0) continue;
  heading(group);
  mkdirSync(folder, { recursive: true });
  try {
    const faults = await plantFaults(installed, sources, folder);
    const known = values.survivors ? (former[group] ?? []) : [];
    const survived = new Set(known.filter((fault) => !isNoticed(fault)).map(identity));
    const candidates = values.survivors ? faults.filter((fault) => survived.has(identity(fault))) : faults;
    const chosen = sampleOf(candidates, Number(values.sample ?? Infinity), Number(values.seed));
    const reached = await reach(testsOf(group), folder);
    const tell = (fault) => console.log(survivorLine(fault));
    const judged = await judgeAll(chosen, reached, folder, Number(values.jobs), tell);
    former[group] = [...known.filter(isNoticed), ...judged];
    for (const line of sourceLines(former[group])) console.log(line);
    console.log(groupLine(group, former[group], faults.length));
  } finally {
    clear(folder);
  }
  writeFileSync(reportFile, JSON.stringify(former, null, 1));
}
