import path from 'node:path';
import { askTest, measureTest } from './askTest.mjs';
import { isNoticed } from './report.mjs';

/** How long the tests asked about one fault may take together, in ms: those that take longest are left out. */
const PATIENCE = 60_000;

/** Runs `work` on all items, `jobs` at a time, in their order. */
async function inTurn(items, jobs, work) {
  const queue = items.entries();
  const results = [];
  const worker = async () => {
    for (const [k, item] of queue) results[k] = await work(item);
  };
  await Promise.all(Array.from({ length: jobs }, worker));
  return results;
}

/** What every test reaches, the quickest test first. One that fails beside another gets its turn alone. */
export async function reach(tests, folder) {
  const measured = await inTurn(tests, 2, (name) => measureTest(name, folder));
  const again = tests.filter((_, k) => measured[k] === undefined);
  measured.push(...(await inTurn(again, 1, (name) => measureTest(name, folder))));
  for (const name of again)
    if (!measured.some((test) => test?.name === name))
      console.error(`test/${name}.test.ts fails without a fault: it is not asked`);
  return measured.filter((test) => test !== undefined).sort((a, b) => a.ms - b.ms);
}

/** The tests that pass a fault: that of the same name first, then the quickest. */
function testsFor({ id, source }, reached) {
  const own = ({ name }) => path.basename(name) === path.basename(source);
  const passing = reached.filter(({ counts }) => counts.has(id));
  let spent = 0;
  return [...passing.filter(own), ...passing.filter((test) => !own(test))].filter(
    ({ ms }, k) => (spent += ms) <= PATIENCE || k === 0,
  );
}

async function judge(fault, reached, folder) {
  for (const { name, ms, counts } of testsFor(fault, reached)) {
    const limit = String(100 * counts.get(fault.id) + 10_000);
    const env = { __STRYKER_ACTIVE_MUTANT__: fault.id, GLOSSATOR_HIT_LIMIT: limit };
    const answer = await askTest(name, folder, env, 10_000 + 5 * ms);
    if (answer !== 'passed') return { ...fault, verdict: answer === 'late' ? 'late' : 'killed', by: name };
  }
  return { ...fault, verdict: 'survived', by: null };
}

/**
 * Wakes the faults one after the other.
 * @param onSurvivor is told of each that nothing noticed, when that is known
 * @returns them with a verdict: killed, late (the test did not end: that is noticed too) or survived
 */
export function judgeAll(faults, reached, folder, jobs, onSurvivor) {
  let done = 0;
  return inTurn(faults, jobs, async (fault) => {
    const judged = await judge(fault, reached, folder);
    if (!isNoticed(judged)) onSurvivor(judged);
    if (++done % 25 === 0) console.error(`${done} of ${faults.length}`);
    return judged;
  });
}
