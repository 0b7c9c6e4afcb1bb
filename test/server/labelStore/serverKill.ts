import { once } from 'node:events';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Random } from '../../../models/random';
import { StdioClient } from '../../../cli/start/stdioClient';
import {
  didLabel,
  label,
  undoLabels,
  type DidLabelParams,
  type WireLabel,
} from '../../../server/protocol/labels';
import { serverCommand } from '../smoke/builtServer';

/** What a person who labels one text of a folder has been told, over any number of servers that were killed. */
export class LabelJournal {
  /** Starts of labels that were called saved. */
  readonly saved = new Set<number>();
  /** Starts of labels whose undoing was called saved. */
  readonly undone = new Set<number>();
  /** Milliseconds from the start of a server until the labels of the text were there. */
  readonly starts: number[] = [];
  readonly uri: string;

  /** @param text words of four letters, each with a blank after it */
  constructor(
    readonly folder: string,
    readonly name: string,
    readonly text: string,
  ) {
    this.uri = pathToFileURL(path.join(folder, name)).href;
  }

  /** Starts the built server on the folder, without a model, and opens the text. */
  async open(): Promise<{ readonly client: StdioClient; readonly labels: readonly WireLabel[] }> {
    const begun = performance.now();
    const client = new StdioClient({ command: serverCommand });
    await client.initialize({
      workspaceFolders: [{ uri: pathToFileURL(this.folder).href, name: 'texts' }],
      initializationOptions: { model: path.join(this.folder, 'no-such-model') },
    });
    const told = new Promise<DidLabelParams>((resolve) =>
      client.connection.onNotification(didLabel, resolve),
    );
    await client.open(this.uri, this.text);
    const { put } = await told;
    this.starts.push(performance.now() - begun);
    return { client, labels: put };
  }

  /**
   * Labels word after word from the one numbered `next`, and undoes some of it, until the server is killed: after
   * some answers and some time more, both by chance.
   * @returns the number of the first word that was not asked for
   */
  async labelUntilKilled(next: number, random: Random): Promise<number> {
    const { client } = await this.open();
    const [answers, spin] = [random.below(8), 6 * random.uniform()];
    const ended = once(client.process, 'close');
    let answered = 0;
    const answer = (): void => {
      if (answered++ !== answers) return;
      const end = performance.now() + spin;
      while (performance.now() < end);
      client.process.kill('SIGKILL');
    };
    // Shown without a sign that it is not saved: the same promise as the answer to the request.
    client.connection.onNotification(didLabel, ({ put, unsaved }) => {
      if (!unsaved) for (const { start } of put) this.#keep(start);
    });
    if (answers === 0) answer();
    const own: number[] = [];
    while (client.process.exitCode === null && client.process.signalCode === null && !client.process.killed) {
      const goesBack = own.length > 0 && random.below(6) === 0;
      const work = goesBack
        ? [this.#undo(client, own)]
        : Array.from({ length: 1 + random.below(3) }, () => this.#label(client, next++, own));
      for (const one of work) void one.then(answer, () => undefined);
      await Promise.race([Promise.allSettled(work), ended]);
    }
    await ended;
    return next;
  }

  async #label({ connection }: StdioClient, word: number, own: number[]): Promise<void> {
    const start = 5 * word;
    const operation = { kind: 'add', layer: 'ner', label: 'PER', start, end: start + 4 } as const;
    own.push(start);
    const params = { uri: this.uri, version: 1, title: `Label ${start}`, operations: [operation] };
    await connection.sendRequest(label, params);
    this.#keep(start);
  }

  async #undo({ connection }: StdioClient, own: number[]): Promise<void> {
    const start = own.pop();
    if (start === undefined) return;
    this.saved.delete(start); // it may be there or not until there is an answer
    this.#unsure.add(start);
    await connection.sendRequest(undoLabels, { uri: this.uri });
    this.undone.add(start);
  }

  /** Asked to be undone. */
  readonly #unsure = new Set<number>();

  #keep(start: number): void {
    if (!this.#unsure.has(start)) this.saved.add(start);
  }
}
