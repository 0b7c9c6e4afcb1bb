import { createRequire } from 'node:module';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { root } from '../paths.mjs';

/** Texts are for people, and tests do not hold them to the letter. */
const LEFT_ALONE = ['StringLiteral'];

const silent = { isDebugEnabled: () => false, debug() {}, info() {}, warn() {} };

/**
 * Writes each source, compiled, with all its faults in it, each asleep until a variable of the environment names it:
 * nothing is compiled again for a fault.
 * @param installed where Stryker's instrumenter is @param sources files without their ending @param folder for what is
 * compiled
 * @returns the faults, each with its group's source, place, and what the text became
 */
export async function plantFaults(installed, sources, folder) {
  const entry = createRequire(path.join(installed, 'package.json')).resolve('@stryker-mutator/instrumenter');
  const { Instrumenter } = await import(pathToFileURL(entry).href);
  const files = sources.map((source) => {
    const name = path.join(root, `${source}.ts`);
    return { name, mutate: true, content: readFileSync(name, 'utf8') };
  });
  const options = { plugins: null, excludedMutations: LEFT_ALONE, ignorers: [] };
  const planted = await new Instrumenter(silent).instrument(files, options);
  const { module, target } = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  planted.files.forEach(({ content }, k) => {
    const compilerOptions = { module, target, esModuleInterop: true };
    const file = path.join(folder, `${sources[k]}.js`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, ts.transpileModule(content, { compilerOptions }).outputText);
  });
  const texts = new Map(files.map(({ name, content }) => [name, content]));
  return planted.mutants
    .filter(({ status }) => status !== 'Ignored')
    .map(({ id, fileName, location, mutatorName, replacement }) => {
      const source = path.relative(root, fileName).split(path.sep).join('/').replace(/\.ts$/, '');
      const lines = texts
        .get(fileName)
        .split('\n')
        .slice(location.start.line, location.end.line + 1);
      lines[lines.length - 1] = lines.at(-1).slice(0, location.end.column);
      lines[0] = lines[0].slice(location.start.column);
      const place = `${source}.ts:${location.start.line + 1}:${location.start.column + 1}`;
      return { id, source, place, kind: mutatorName, original: lines.join('\n'), replacement };
    });
}
