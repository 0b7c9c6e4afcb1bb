import { decodeHTMLStrict } from 'entities';
import { type QualifiedTag, SAXParser } from 'sax';
import { InputError } from '../errors';
import { type OpenTeiElement, type TeiText, TeiRunningText } from './teiRunningText';

/** Two line feeds stand between these and what is beside them. */
const BLOCKS = new Set(
  (
    'p ab div div1 div2 div3 div4 div5 div6 div7 head lg list table figure opener closer trailer epigraph argument ' +
    'postscript floatingText castList sp titlePage listBibl'
  ).split(' '),
);
/** One line feed. */
const LINES = new Set(
  (
    'l item row cell speaker stage salute signed dateline byline address addrLine castItem docAuthor docDate ' +
    'docTitle titlePart bibl lb u writing listPerson listPlace listOrg listEvent person place org event entry'
  ).split(' '),
);
/** Blocks only where they stand outside a paragraph. */
const QUOTATIONS = new Set(['q', 'quote', 'said', 'cit', 'note']);
const PARAGRAPHS = new Set([
  'p',
  'ab',
  'l',
  'head',
  'item',
  'cell',
  'seg',
  's',
  'speaker',
  'signed',
  'salute',
]);
/** Never a part of the text. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  fw: 'page headers and catchwords',
  figDesc: 'descriptions of figures',
  index: 'index entries',
};
/** What an editor put beside the words of the source. */
const EDITED = new Set(['corr', 'reg', 'expan']);
const WORDS = new Set(['w', 'pc']);
/** Deeper than any edition; what is nested without end would be slow. */
const DEEPEST = 500;

interface OpenElement {
  readonly element: OpenTeiElement;
  readonly isPreserved: boolean;
  readonly isInBody: boolean;
  readonly isInParagraph: boolean;
  /** Why its words are no part of the text. */
  readonly skipped: string | undefined;
  children: number;
}

/**
 * The documents of a TEI P5 file: one for each `TEI` element. The text is that of `body`: white space runs are one
 * blank, except under `xml:space="preserve"`; paragraphs stand two line feeds apart, lines of verse, items and `lb`
 * one. Of `choice` the words of the source are read (`sic`, `orig`, `abbr`), of `app` the first reading; notes inside a
 * paragraph are left out. Entities are not expanded, except those of XML and HTML that stand for a character.
 * Source: TEI P5 Guidelines 4.9, chapters 3 (core), 12.1 (apparatus) and 17.1 (words).
 * @throws InputError where it is not well-formed XML, not TEI, or has no body
 */
export function teiTexts(source: string, file: string): TeiText[] {
  const reader = new TeiReader(source, file);
  return reader.read();
}

class TeiReader {
  readonly #source: string;
  readonly #file: string;
  readonly #parser = new SAXParser(true, { xmlns: true, position: true });
  readonly #stack: OpenElement[] = [];
  readonly #documents: TeiText[] = [];
  /** End of the markup read last. */
  #cursor = 0;
  #cdata = -1;
  #text: TeiRunningText | undefined;
  #hasBody = false;

  constructor(source: string, file: string) {
    this.#source = source;
    this.#file = file;
  }

  read(): TeiText[] {
    const parser = this.#parser;
    parser.onerror = (error) => {
      throw this.#broken(error.message.split('\n')[0]);
    };
    parser.onopentag = (tag) => this.#opened(tag as QualifiedTag);
    parser.onclosetag = () => this.#closed();
    const passed = (): void => {
      this.#words(this.#markupStart);
      this.#cursor = parser.position;
    };
    parser.oncomment = () => {
      passed();
      this.#cursor++; // the event comes before the last sign of "-->"
    };
    parser.onprocessinginstruction = passed;
    parser.onsgmldeclaration = passed;
    parser.ondoctype = passed;
    parser.onopencdata = () => {
      passed();
      this.#cdata = parser.position;
    };
    parser.onclosecdata = () => {
      const section = { start: this.#cdata, end: parser.position - ']]>'.length };
      this.#verbatim(section.start, section.end);
      this.#text?.sections.push(section);
      this.#cursor = parser.position;
    };
    parser.write(this.#source).close();
    if (!this.#documents.length)
      throw new InputError(
        'There is no <TEI> element in the file.',
        { file: this.#file },
        'Give a file of TEI P5, or name its format with --from.',
      );
    // A file of one document keeps what stands around its root.
    return this.#documents.length === 1
      ? [{ ...this.#documents[0], document: { start: 0, end: this.#source.length } }]
      : this.#documents;
  }

  get #markupStart(): number {
    return this.#parser.startTagPosition - 1;
  }

  #broken(message: string): InputError {
    return new InputError(
      `This is not well-formed XML: ${message.replace(/\.$/, '')}.`,
      { file: this.#file, line: this.#parser.line + 1 },
      'Check the file with an XML editor.',
    );
  }

  #opened(tag: QualifiedTag): void {
    const open = { start: this.#markupStart, end: this.#parser.position };
    this.#words(open.start);
    this.#cursor = open.end;
    if (this.#stack.length >= DEEPEST)
      throw new InputError(
        `The elements are nested more than ${DEEPEST} deep.`,
        { file: this.#file, line: this.#parser.line + 1 },
        'Check the file.',
      );
    const attributes = Object.fromEntries(
      Object.values(tag.attributes).map(({ name, value }) => [name, value] as const),
    );
    const parent = this.#stack[this.#stack.length - 1] as OpenElement | undefined;
    const name = tag.local;
    if (name === 'TEI' || name === 'TEI.2') {
      this.#text ??= new TeiRunningText();
      this.#hasBody = false;
    }
    if (parent) parent.children++;
    const space = attributes['xml:space'];
    const state: OpenElement = {
      element: {
        ...{ name, attributes, open, close: { start: open.end, end: open.end } },
        ...{ parent: parent?.isInBody ? parent.element : undefined, words: undefined },
      },
      isPreserved: space === undefined ? (parent?.isPreserved ?? false) : space === 'preserve',
      isInBody: parent?.isInBody === true || name === 'body',
      isInParagraph: parent?.isInParagraph === true || PARAGRAPHS.has(name),
      skipped: parent?.skipped ?? whyLeftOut(name, parent),
      children: 0,
    };
    this.#stack.push(state);
    const text = this.#text;
    if (!text || !state.isInBody) return;
    this.#hasBody = true;
    if (state.skipped !== undefined) {
      if (parent?.skipped === undefined) text.leaveOut(state.skipped);
      return;
    }
    text.break(breakAt(name, attributes, parent));
    if (WORDS.has(name) && /^(left|both)$/.test(attributes.join ?? '')) text.join();
    text.open(state.element);
  }

  #closed(): void {
    const end = this.#parser.position;
    const state = this.#stack[this.#stack.length - 1];
    // A tag that closes itself ends where it began to be closed.
    const isOwnTag = end === state.element.open.end;
    if (!isOwnTag) this.#words(this.#markupStart);
    this.#cursor = end;
    const { element } = state;
    if (!isOwnTag) element.close = { start: this.#markupStart, end };
    this.#stack.pop();
    const parent = this.#stack[this.#stack.length - 1] as OpenElement | undefined;
    const text = this.#text;
    if (text && state.isInBody && state.skipped === undefined) {
      text.close(element);
      if (WORDS.has(element.name) && /^(right|both)$/.test(element.attributes.join ?? '')) text.join();
      text.break(breakAt(element.name, element.attributes, parent));
      if (element.name === 'lb' && element.attributes.break === 'no') text.join();
    }
    if (element.name !== 'TEI' && element.name !== 'TEI.2') return;
    if (!this.#hasBody)
      throw new InputError(
        'The document has no <body>.',
        { file: this.#file, line: this.#parser.line + 1 },
        'Give a TEI file with a text in it.',
      );
    if (text) this.#documents.push(text.finished({ start: element.open.start, end }));
    this.#text = undefined;
  }

  /** Character data up to a place, with references to characters. */
  #words(end: number): void {
    const state = this.#stack[this.#stack.length - 1] as OpenElement | undefined;
    if (!this.#text || !state?.isInBody || state.skipped !== undefined || end <= this.#cursor) return;
    const raw = this.#source.slice(this.#cursor, end);
    let at = 0;
    for (const { index, 0: reference } of raw.matchAll(/&[^;]*;/g)) {
      this.#verbatim(this.#cursor + at, this.#cursor + index);
      const place = { start: this.#cursor + index, end: this.#cursor + index + reference.length };
      this.#text.reference(decodeHTMLStrict(reference), place, state.isPreserved);
      at = index + reference.length;
    }
    this.#verbatim(this.#cursor + at, end);
  }

  #verbatim(start: number, end: number): void {
    const state = this.#stack[this.#stack.length - 1] as OpenElement | undefined;
    if (!this.#text || !state?.isInBody || state.skipped !== undefined) return;
    this.#text.verbatim(this.#source, start, end, state.isPreserved);
  }
}

/** Why an element is no part of the text, in words that follow a number. */
function whyLeftOut(name: string, parent: OpenElement | undefined): string | undefined {
  if (!parent?.isInBody) return undefined;
  if (name in LEFT_OUT) return LEFT_OUT[name];
  if (name === 'note' && parent.isInParagraph) return 'notes inside paragraphs';
  if (parent.element.name === 'choice' && EDITED.has(name) && parent.children > 1)
    return 'corrected, regular or expanded forms';
  if (parent.element.name === 'app' && parent.children > 1) return 'variant readings';
  return undefined;
}

/** Line feeds at both sides of an element. */
function breakAt(
  name: string,
  attributes: Readonly<Record<string, string>>,
  parent: OpenElement | undefined,
): number {
  if (name === 'lb') return attributes.break === 'no' ? -1 : 1;
  if (BLOCKS.has(name) || (QUOTATIONS.has(name) && parent?.isInParagraph === false)) return 2;
  return LINES.has(name) ? 1 : 0;
}
