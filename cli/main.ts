import { Command } from 'commander';
import { packageVersion } from '../server/packageRoot';
import { benchCommand } from './bench/benchCommand';
import { checkCommand } from './check/checkCommand';
import { convertCommand } from './convert/convertCommand';
import { embedCommand } from './embed/embedCommand';
import { evalCommand } from './eval/evalCommand';
import { importElmoCommand } from './model/importElmoCommand';
import { mergeCommand } from './merge/mergeCommand';
import { moveCommand } from './merge/moveCommand';
import { mergeDriverCommand } from './merge/mergeDriverCommand';
import { measureCommand } from './model/measureCommand';
import { modelCommand } from './model/modelCommand';
import { nearestCommand } from './embed/nearestCommand';
import { pretrainCommand } from './train/pretrainCommand';
import { reportCommand } from './model/reportCommand';
import { retrainCommand } from './train/retrainCommand';
import { runProgram } from './terminal/runProgram';
import { serveCommand } from './start/serveCommand';
import { simulateCommand } from './train/simulateCommand';
import { startCommand } from './start/startCommand';
import { tagCommand } from './tag/tagCommand';
import { trainCommand } from './train/trainCommand';
import { unlockCommand } from './unlock/unlockCommand';

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
    moveCommand(),
    mergeCommand(),
    mergeDriverCommand(),
    unlockCommand(),
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
