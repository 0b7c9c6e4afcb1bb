import * as z from 'zod';
import type { AcceptParams, LabelParams } from '../labels';
import type { DocumentParams } from '../messages';
import { serverCommands } from '../serverCommands';
import { acceptParams, documentParams, labelParams } from './schemas';
import * as is from './values';

/** The one argument of each command that `workspace/executeCommand` runs. */
export interface CommandArguments {
  readonly [serverCommands.label]: LabelParams;
  readonly [serverCommands.undo]: DocumentParams;
  readonly [serverCommands.redo]: DocumentParams;
  readonly [serverCommands.accept]: AcceptParams;
  readonly [serverCommands.save]: unknown;
  /** The line counts from 1. */
  readonly [serverCommands.openFile]: { readonly uri: string; readonly line: number };
  readonly [serverCommands.resolveConflict]: DocumentParams;
}

/** What the arguments have to be. */
export const commandSchemas: { readonly [C in keyof CommandArguments]: z.ZodType<CommandArguments[C]> } = {
  [serverCommands.label]: labelParams,
  [serverCommands.undo]: documentParams,
  [serverCommands.redo]: documentParams,
  [serverCommands.accept]: acceptParams,
  [serverCommands.save]: z.unknown(),
  [serverCommands.openFile]: z.object({ uri: is.fileUri, line: is.count.min(1, 'must be 1 or greater') }),
  [serverCommands.resolveConflict]: z.object({ uri: is.fileUri }),
};
