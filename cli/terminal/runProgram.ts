import { CommanderError, type Command } from 'commander';
import { InputError } from '../../models/errors';
import { Interrupted } from './interrupted';

/** What a command throws that has printed its answer, where the answer is no: the exit status is 1. */
export class NegativeAnswer extends Error {}

/**
 * Runs the program and answers the exit status: 0, 2 with one sentence on stderr where the user can mend
 * something (usage included), 130 after Ctrl-C, 1 with a stack where we must.
 */
export async function runProgram(program: Command, argv: readonly string[]): Promise<number> {
  try {
    await program.parseAsync(argv);
    return 0;
  } catch (error) {
    // Commander has said its sentence already; help and version end with 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof NegativeAnswer) return 1;
    if (error instanceof Interrupted) {
      process.stderr.write(`${error.message}\n`);
      return 130;
    }
    if (error instanceof InputError) {
      process.stderr.write(`${error.format()}\n`);
      return 2;
    }
    const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`Glossator failed; please report this.\n${trace}\n`);
    return 1;
  }
}
