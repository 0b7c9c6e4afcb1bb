// `npm start` and `npm run -s glossator -- …`: sets the clone up where needed, then runs the command line.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { root } from './paths.mjs';
import { setUpOrExit } from './setup.mjs';

await setUpOrExit();

// npm changes into the folder of the package; file names are meant from where the user stands.
const cwd = process.env.INIT_CWD ?? process.cwd();
const args = [path.join(root, 'dist', 'cli.js'), ...process.argv.slice(2)];
const child = spawn(process.execPath, args, { cwd, stdio: 'inherit' });

// A terminal sends Ctrl-C to both; the child decides how to end, and its status is ours.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (signal !== 'SIGINT') child.kill(signal);
  });
}
child.on('exit', (status, signal) => process.exit(status ?? (signal === 'SIGINT' ? 130 : 1)));
