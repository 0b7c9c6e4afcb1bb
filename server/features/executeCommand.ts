import { z } from 'zod';
import { InputError } from '../../models/errors';
import { answering } from '../labels/answering';
import { resolveConflicts } from '../labels/resolveConflicts';
import { serverCommands } from '../labels/serverCommands';
import type { FeatureContext } from '../services';

const version = z.number();
const offset = z.number();
const state = z.enum(['confirmed', 'rejected']).optional();
const operation = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('add'),
    layer: z.string(),
    label: z.string(),
    start: offset,
    end: offset,
    state,
    note: z.string().optional(),
    confidence: z.number().optional(),
  }),
  z.object({
    kind: z.literal('change'),
    id: z.string(),
    layer: z.string().optional(),
    label: z.string().optional(),
    start: offset.optional(),
    end: offset.optional(),
    state,
    note: z.string().optional(),
    confidence: z.number().optional(),
  }),
  z.object({ kind: z.literal('remove'), id: z.string() }),
]);
const labelling = z.object({
  uri: z.string(),
  version,
  title: z.string(),
  operations: z.array(operation),
});
const accepting = z.object({
  uri: z.string(),
  version,
  start: offset,
  end: offset,
  threshold: z.number(),
  layers: z.array(z.string()).optional(),
});
const ofFile = z.object({ uri: z.string() });
const atLine = z.object({ uri: z.string(), line: z.int().positive() });

/** Runs the commands that code actions name, for editors that know none of our messages. */
export function register({ connection, services, capabilities }: FeatureContext): void {
  const { labelDesk, labelFolders } = services;
  const run: Readonly<Record<string, (argument: unknown) => Promise<unknown>>> = {
    [serverCommands.label]: async (argument) => labelDesk.label(labelling.parse(argument)),
    [serverCommands.undo]: async (argument) => labelDesk.revert(ofFile.parse(argument).uri, true),
    [serverCommands.redo]: async (argument) => labelDesk.revert(ofFile.parse(argument).uri, false),
    [serverCommands.accept]: async (argument) => {
      const { uri, version, start, end, threshold, layers } = accepting.parse(argument);
      return labelDesk.accept(await labelDesk.text(uri, version), { start, end }, threshold, layers);
    },
    [serverCommands.save]: async () => labelDesk.saveAll(),
    [serverCommands.openFile]: async (argument) => {
      const { uri, line } = atLine.parse(argument);
      const start = { line: line - 1, character: 0 };
      await connection.window.showDocument({ uri, takeFocus: true, selection: { start, end: start } });
    },
    [serverCommands.resolveConflict]: async (argument) =>
      resolveConflicts(labelFolders, ofFile.parse(argument).uri),
  };
  capabilities.executeCommandProvider = { commands: Object.values(serverCommands) };

  connection.onExecuteCommand(
    answering(async ({ command, arguments: [argument] = [] }: { command: string; arguments?: unknown[] }) => {
      const handler = run[command];
      if (handler === undefined) throw new InputError(`There is no command ${command}.`);
      try {
        return (await handler(argument)) ?? null;
      } catch (error) {
        if (error instanceof z.ZodError)
          throw new InputError(`The arguments of ${command} are wrong: ${z.prettifyError(error)}.`);
        throw error;
      }
    }),
  );
}
