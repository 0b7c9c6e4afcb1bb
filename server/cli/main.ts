import { Command } from 'commander';
import { packageVersion } from '../packageRoot';
import { benchCommand } from './benchCommand';
import { checkCommand } from './checkCommand';
import { convertCommand } from './convertCommand';
import { embedCommand } from './embedCommand';
import { evalCommand } from './evalCommand';
import { importElmoCommand } from './importElmoCommand';
import { measureCommand } from './measureCommand';
import { modelCommand } from './modelCommand';
import { nearestCommand } from './nearestCommand';
import { pretrainCommand } from './pretrainCommand';
import { reportCommand } from './reportCommand';
import { retrainCommand } from './retrainCommand';
import { runProgram } from './runProgram';
import { serveCommand } from './serveCommand';
import { simulateCommand } from './simulateCommand';
import { startCommand } from './startCommand';
import { tagCommand } from './tagCommand';
import { trainCommand } from './trainCommand';

/** Composition root of the command line: every command registers itself and loads its parts when it runs. */
function createProgram(): Command {
  const program = new Command('glossator')
    .description(
      'Tags and annotates text: parts of speech, named entities. Everything stays on this machine.',
    )
    .version(packageVersion())
    .showHelpAfterError('Add --help for what there is.')
    .addHelpText('after', '\nGLOSSATOR_BACKEND=native|wasm in the environment forces a backend.')
    .exitOverride();
  const commands = [
    tagCommand(),
    evalCommand(),
    modelCommand(),
    retrainCommand(),
    reportCommand(),
    trainCommand(),
    pretrainCommand(),
    importElmoCommand(),
    convertCommand(),
    checkCommand(),
    embedCommand(),
    nearestCommand(),
    simulateCommand(),
    benchCommand(),
    serveCommand(),
  ];
  for (const command of commands) program.addCommand(command.copyInheritedSettings(program));
  program.addCommand(measureCommand().copyInheritedSettings(program), { hidden: true });
  program.addCommand(startCommand().copyInheritedSettings(program), { hidden: true });
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
