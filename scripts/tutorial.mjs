// `npm run tutorial NAME`: runs samples/elmo-tutorial/NAME.mts on the library of this clone.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { cacheDir, root } from './paths.mjs';
import { setUpOrExit } from './setup.mjs';

const folder = path.join(root, 'samples', 'elmo-tutorial');
const [name = '', ...args] = process.argv.slice(2);
const source = path.join(folder, `${name}.mts`);
if (!existsSync(source)) {
  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.mts'))
    .map((file) => path.basename(file, '.mts'));
  console.error(`Name a tutorial: npm run tutorial ${names.join('|')}`);
  process.exit(2);
}
await setUpOrExit();
const { build } = await import('esbuild');
// In the package, so that `import 'glossator'` finds it; with its types taken out, which Node 20 does not do.
const outfile = path.join(cacheDir, 'tutorial', `${name}.mjs`);
await build({
  entryPoints: [source],
  outfile,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
});
const { status } = spawnSync(process.execPath, [outfile, ...args], { cwd: root, stdio: 'inherit' });
process.exitCode = status ?? 1;
