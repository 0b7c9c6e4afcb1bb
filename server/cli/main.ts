import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { evalCommand } from './evalCommand';
import { packageRoot } from './packageRoot';
import { runProgram } from './runProgram';
import { tagCommand } from './tagCommand';

/** Composition root of the command line: every command registers itself and loads its parts when it runs. */
function createProgram(): Command {
  const manifest = readFileSync(path.join(packageRoot(), 'package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  const program = new Command('glossator')
    .description(
      'Tags and annotates text: parts of speech, named entities. Everything stays on this machine.',
    )
    .version(version)
    .showHelpAfterError('Add --help for what there is.')
    .addHelpText('after', '\nGLOSSATOR_BACKEND=native|wasm in the environment forces a backend.')
    .exitOverride();
  for (const command of [tagCommand(), evalCommand()])
    program.addCommand(command.copyInheritedSettings(program));
  return program;
}

// A reader that closes early (`glossator tag … | head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

void runProgram(createProgram(), process.argv).then((status) => {
  process.exitCode = status;
});
