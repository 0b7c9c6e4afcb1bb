import { Command } from 'commander';

/** `glossator serve --stdio`: the language server for any editor. */
export function serveCommand(): Command {
  return new Command('serve')
    .description('Start the language server, for any editor that speaks LSP.')
    .option('--stdio', 'speak LSP over stdin and stdout (the default, and the only way)')
    .option('--clientProcessId <pid>', 'end when this process is gone')
    .action(async () => {
      const { startServer } = await import('../../server/startServer.js');
      startServer('stdio');
    });
}
