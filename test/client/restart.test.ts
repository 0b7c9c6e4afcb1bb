import assert from 'node:assert/strict';
import Module from 'node:module';
import { test } from 'node:test';

interface Started {
  isStarting: boolean;
  readonly finish: () => void;
}

type Loader = typeof Module & { _load: (name: string, ...rest: unknown[]) => unknown };
type Activate = (context: unknown) => Promise<void>;

const nothing = (): { dispose: () => void } => ({ dispose: () => undefined });

/** What answers to any name with something that does nothing. */
const anything: object = new Proxy(function () {}, {
  get: (_, key) => (key === 'then' ? undefined : anything),
  apply: () => anything,
  construct: () => anything,
});

const withThe = (own: Readonly<Record<string, unknown>>): object =>
  new Proxy(own, {
    get: (known, key) => (typeof key === 'string' && Object.hasOwn(known, key) ? known[key] : anything),
  });

/** The extension in an editor that is not there, with sessions that start when the test wants. */
function extensionWithout(errors: string[]) {
  const sessions: Started[] = [];
  let change: (event: { affectsConfiguration: (name: string) => boolean }) => void = () => undefined;
  const output = { error: (text: string) => void errors.push(text), dispose: () => undefined };
  const vscode = withThe({
    window: withThe({ createOutputChannel: () => output }),
    workspace: withThe({
      textDocuments: [{}],
      onDidChangeConfiguration: (listener: typeof change) => {
        change = listener;
        return nothing();
      },
    }),
    languages: withThe({ match: () => 1 }),
    commands: withThe({ executeCommand: () => Promise.resolve() }),
    Uri: withThe({ joinPath: () => ({ fsPath: '/cache' }) }),
  });
  class Session {
    readonly labels = {};
    readonly queue = {};
    readonly #own: Started;

    constructor() {
      let finish = (): void => undefined;
      const started = new Promise<void>((resolve) => (finish = resolve));
      this.#own = { isStarting: true, finish };
      this.start = async () => {
        await started;
        this.#own.isStarting = false;
      };
      sessions.push(this.#own);
    }

    readonly start: () => Promise<void>;

    /** As a language client does. */
    async stop(): Promise<void> {
      if (this.#own.isStarting) throw new Error('Client is not running and can’t be stopped.');
    }
  }
  const loader = Module as Loader;
  const load = loader._load;
  loader._load = (name, ...rest) => {
    if (name === 'vscode') return vscode;
    if (name === './session') return { Session };
    if (name === './settings') return { readSettings: () => ({ languages: ['plaintext'] }) };
    if (name === './serverProcess') return { selectorFor: () => [] };
    if (/^\.\/(commands|queue|retraining|labels|themeColors)/.test(name)) return anything;
    return load.call(loader, name, ...rest);
  };
  try {
    const { activate } = Module.createRequire(__filename)('../../client/extension') as { activate: Activate };
    const changed = (): void => change({ affectsConfiguration: (name) => name === 'glossator.languages' });
    return { activate, sessions, changed };
  } finally {
    loader._load = load;
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('settings that change while the server starts make one new server when it has started', async () => {
  const errors: string[] = [];
  const { activate, sessions, changed } = extensionWithout(errors);
  const context = { asAbsolutePath: (name: string) => name, subscriptions: [] };
  const activated = activate(context);
  while (sessions.length === 0) await turn();
  changed();
  changed();
  await turn();
  assert.equal(sessions.length, 1, 'nothing happens to a server that is starting');
  sessions[0].finish();
  await activated;
  while (sessions.length < 2) await turn();
  sessions[1].finish();
  await turn();
  changed();
  while (sessions.length < 3) await turn();
  sessions[2].finish();
  await turn();
  assert.deepEqual([errors, sessions.map(({ isStarting }) => isStarting)], [[], [false, false, false]]);
});
