// `npm run format`: rewrites every file in the layout that `npm test` asks for.
import { tool } from './lint.mjs';
import { setUpOrExit } from './setup.mjs';

await setUpOrExit();
await tool('eslint/bin/eslint.js', ['.', '--fix', '--quiet']);
if (!(await tool('prettier/bin/prettier.cjs', ['--write', '--log-level', 'warn', '.']))) process.exitCode = 1;
