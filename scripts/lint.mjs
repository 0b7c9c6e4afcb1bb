// Type-checks, lints and checks the layout of the whole repository; exits non-zero where any of them complains.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './paths.mjs';
import { run } from './run.mjs';
import { setUpOrExit } from './setup.mjs';

/** Runs a tool of node_modules with this Node, its output shown. Answers whether it was content. */
export async function tool(file, args, env) {
  const script = path.join(root, 'node_modules', file);
  const { status } = await run(process.execPath, [script, ...args], { cwd: root, env, inherit: true });
  return status === 0;
}

/** Compiles everything to out/, where the tests run from. */
export function compile() {
  return tool('typescript/bin/tsc', ['-b']);
}

/** The linter and the formatter, side by side. */
export async function checkStyle() {
  const results = await Promise.all([
    tool('eslint/bin/eslint.js', ['.', '--max-warnings', '0']),
    tool('prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']),
  ]);
  return results.every(Boolean);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await setUpOrExit();
  const compiled = await compile();
  const clean = await checkStyle();
  if (!compiled || !clean) process.exitCode = 1;
}
