import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Random } from '../../models/random';
import type { DidTagParams } from '../../server/protocol/messages';
import { madeUpName } from './benchText';
import { HeldSentences, type HeldSentence } from '../start/heldSentences';
import type { StdioClient } from '../start/stdioClient';

/** A document of the benchmark: its text and the tags that came for it. */
export class BenchDocument {
  readonly uri: string;
  readonly #client: StdioClient;
  readonly #held = new HeldSentences();
  #text: TextDocument;

  constructor(client: StdioClient, uri: string, text: string) {
    this.uri = uri;
    this.#client = client;
    this.#text = TextDocument.create(uri, 'plaintext', 1, text);
    client.didTag.on((params) => {
      if (params.uri === uri) this.#held.apply(params);
    });
  }

  get text(): TextDocument {
    return this.#text;
  }

  sentences(): readonly HeldSentence[] {
    return this.#held.placed();
  }

  /** Opens the document at the server; resolves when all of it is tagged. */
  async open(): Promise<void> {
    const done = this.#next(({ pending }) => pending === 0);
    await this.#client.open(this.uri, this.#text.getText());
    await done;
  }

  /** Resolves when every sentence on these lines is tagged. */
  async untilTagged(lines: { readonly start: number; readonly end: number }): Promise<void> {
    const start = this.#text.offsetAt({ line: lines.start, character: 0 });
    const end = this.#text.offsetAt({ line: lines.end, character: 0 });
    await this.#next(() => {
      const shown = this.sentences().filter((sentence) => sentence.start < end && start < sentence.end);
      return shown.length > 0 && shown.every(({ wire }) => wire.layers !== null);
    });
  }

  /**
   * Puts a new word in place of one in the middle of a sentence, or before it.
   * @param isAlone false: other sentences of the document may wait for their tags still
   * @returns milliseconds until the tags of that sentence came: nothing is sent while an edited one waits
   */
  async edit(random: Random, isAlone = true): Promise<number> {
    const sentences = this.sentences();
    const { start, wire } = sentences[random.below(sentences.length)];
    const token = random.below(wire.tokens.length / 2);
    const [from, to] = [start + wire.tokens[2 * token], start + wire.tokens[2 * token + 1]];
    const replaced = random.below(2) === 0;
    const range = { start: this.#text.positionAt(from), end: this.#text.positionAt(replaced ? to : from) };
    const change = { range, text: replaced ? madeUpName(random) : `${madeUpName(random)} ` };
    const version = this.#text.version + 1;
    this.#text = TextDocument.update(this.#text, [change], version);
    const tagged = this.#next((params) => params.version === version && !(isAlone && params.pending > 0));
    const begun = performance.now();
    await this.#client.change(this.uri, version, [change]);
    await tagged;
    return performance.now() - begun;
  }

  #next(accept: (params: DidTagParams) => boolean): Promise<DidTagParams> {
    return this.#client.nextTags((params) => params.uri === this.uri && accept(params));
  }
}
