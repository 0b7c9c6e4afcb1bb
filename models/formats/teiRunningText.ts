import type { Span } from '../text/span';

/** An element of the body, with its tags in the file and its words in the text. */
export interface TeiElement {
  /** Without prefix. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly parent: TeiElement | undefined;
  /** The start tag in the file. */
  readonly open: Span;
  /** The end tag in the file; empty where the start tag closes itself. */
  readonly close: Span;
  /** Its words, without white space at the ends; none in an element that holds no text. */
  readonly words: Span | undefined;
}

/** The running text of a TEI document, and where each of its UTF-16 code units stands in the file. */
export interface TeiText {
  readonly text: string;
  /** In the order of their start tags. */
  readonly elements: readonly TeiElement[];
  /** For each code unit of `text` where its character begins and ends in the file. */
  readonly from: readonly number[];
  readonly to: readonly number[];
  /** What stands between `<![CDATA[` and `]]>`, where no tag can. */
  readonly verbatim: readonly Span[];
  /** What of the body is no part of the text, in words that follow a number, and how often. */
  readonly leftOut: ReadonlyMap<string, number>;
  /** The document in the file: from its root's start tag to its end tag, or all of a file that holds one. */
  readonly document: Span;
}

/** An element whose end has not come. */
export type OpenTeiElement = { -readonly [K in keyof TeiElement]: TeiElement[K] };

/** The text of a document while it is read. */
export class TeiRunningText {
  readonly sections: Span[] = [];
  readonly #pieces: string[] = [];
  readonly #from: number[] = [];
  readonly #to: number[] = [];
  readonly #elements: TeiElement[] = [];
  readonly #leftOut = new Map<string, number>();
  /** Elements whose first words have not come. */
  #opening: OpenTeiElement[] = [];
  #breaks = 0;
  #blank: Span | undefined;
  #isJoined = false;

  leaveOut(what: string): void {
    this.#leftOut.set(what, (this.#leftOut.get(what) ?? 0) + 1);
  }

  /** What comes next begins on a new line, or (below 0) on none. */
  break(feeds: number): void {
    if (feeds < 0) this.join();
    else this.#breaks = Math.max(this.#breaks, feeds);
    if (this.#breaks > 0) this.#blank = undefined;
  }

  /** What comes next follows without white space. */
  join(): void {
    this.#blank = undefined;
    this.#isJoined = true;
  }

  open(element: TeiElement): void {
    this.#elements.push(element);
    this.#opening.push(element);
  }

  close(element: OpenTeiElement): void {
    if (element.words) element.words = { start: element.words.start, end: this.#from.length };
    else this.#opening = this.#opening.filter((other) => other !== element);
  }

  reference(character: string, place: Span, isPreserved: boolean): void {
    // A reference to a blank is meant.
    if (isPreserved || !/^[ \t\n]$/.test(character)) this.#put(character, place);
    else this.#blank ??= place;
  }

  verbatim(source: string, start: number, end: number, isPreserved: boolean): void {
    for (let at = start; at < end; at++) {
      const code = source.charCodeAt(at);
      const isCrLf = code === 13 && source.charCodeAt(at + 1) === 10 && at + 1 < end;
      const place = { start: at, end: at + (isCrLf ? 2 : 1) };
      // XML 1.0, section 2.11: every line ending is read as a line feed.
      if (code !== 32 && code !== 9 && code !== 10 && code !== 13) this.#put(source[at], place);
      else if (isPreserved) this.#put(code === 13 ? '\n' : source[at], place);
      else if (!this.#isJoined) this.#blank ??= place;
      if (isCrLf) at++;
    }
  }

  finished(document: Span): TeiText {
    const text = this.#pieces.join('');
    const only = this.#elements.filter(
      ({ parent }) => parent?.name === 'body' && parent.parent === undefined,
    );
    const isVerbatim = only.length === 1 && only[0].attributes['xml:space'] === 'preserve';
    const ends = text === '' || (isVerbatim && only[0].name === 'ab') ? '' : '\n';
    return {
      text: text + ends,
      elements: this.#elements,
      ...{ from: this.#from, to: this.#to, verbatim: this.sections, leftOut: this.#leftOut, document },
    };
  }

  #put(characters: string, place: Span): void {
    const isFirst = this.#from.length === 0;
    if (this.#breaks > 0 && !isFirst) this.#add('\n'.repeat(this.#breaks), place.start, place.start);
    else if (this.#blank && !isFirst) this.#add(' ', this.#blank.start, this.#blank.end);
    this.#breaks = 0;
    this.#blank = undefined;
    this.#isJoined = false;
    const start = this.#from.length;
    for (const element of this.#opening) element.words = { start, end: start };
    this.#opening.length = 0;
    this.#add(characters, place.start, place.end);
  }

  #add(characters: string, start: number, end: number): void {
    this.#pieces.push(characters);
    for (let k = 0; k < characters.length; k++) {
      this.#from.push(start);
      this.#to.push(end);
    }
  }
}
