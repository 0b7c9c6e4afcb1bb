import { startServer } from './startServer';

/** Entry of the language server: `--node-ipc` from an editor in Node, else LSP over stdin and stdout. */
startServer(process.argv.includes('--node-ipc') ? 'node-ipc' : 'stdio');
