import { Command } from 'commander';
import { startServer } from '../startServer';

/** `glossator serve --stdio`: the language server for any editor. */
export function serveCommand(): Command {
  return new Command('serve')
    .description('start the language server, for any editor that speaks LSP')
    .option('--stdio', 'speak LSP over stdin and stdout (the default and only way)')
    .option('--clientProcessId <pid>', 'end when this process is gone')
    .action(() => startServer('stdio'));
}
