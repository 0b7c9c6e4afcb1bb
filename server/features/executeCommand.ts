import { InputError } from '../../models/errors';
import { parseParams } from '../incoming';
import { resolveConflicts } from '../labels/resolveConflicts';
import { serverCommands } from '../protocol/serverCommands';
import { type CommandArguments, commandSchemas } from '../protocol/wire/commandSchemas';
import { wire } from '../protocol/wire/schemas';
import type { FeatureContext } from '../services';

type Commands = {
  readonly [C in keyof CommandArguments]: (argument: CommandArguments[C]) => Promise<unknown>;
};

/** Runs the commands that code actions name, for editors that know none of our messages. */
export function register({ connection, incoming, services, capabilities }: FeatureContext): void {
  const { labelDesk, labelFolders } = services;
  const commands: Commands = {
    [serverCommands.label]: (params) => labelDesk.label(params),
    [serverCommands.undo]: ({ uri }) => labelDesk.revert(uri, true),
    [serverCommands.redo]: ({ uri }) => labelDesk.revert(uri, false),
    [serverCommands.accept]: async ({ uri, version, start, end, threshold, layers }) =>
      labelDesk.accept(await labelDesk.text(uri, version), { start, end }, threshold, layers),
    [serverCommands.save]: () => labelDesk.saveAll(),
    [serverCommands.openFile]: async ({ uri, line }) => {
      const start = { line: line - 1, character: 0 };
      await connection.window.showDocument({ uri, takeFocus: true, selection: { start, end: start } });
    },
    [serverCommands.resolveConflict]: ({ uri }) => resolveConflicts(labelFolders, uri),
  };
  capabilities.executeCommandProvider = { commands: Object.values(serverCommands) };

  const run = async <C extends keyof Commands>(command: C, argument: unknown): Promise<unknown> => {
    return commands[command](parseParams(`The arguments of ${command}`, commandSchemas[command], argument));
  };
  incoming.request(wire.executeCommand, async ({ command, arguments: all = [] }) => {
    if (!isCommand(command)) throw new InputError(`There is no command ${command}.`);
    return (await run(command, all[0])) ?? null;
  });
}

const isCommand = (name: string): name is keyof Commands => Object.hasOwn(commandSchemas, name);
