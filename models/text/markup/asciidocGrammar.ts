import { asciidocInline } from './asciidocInline';
import type { ChunkGrammar, ReadChunk } from './chunkReader';
import { type Line, linesOf, ProseLines } from './proseLines';

/**
 * AsciiDoc as visible text, by lines: delimited blocks of code, attributes, comments, block macros and marks of lists
 * are masked. Of its own: Asciidoctor tells lines, but no places within them. The state is the line that ends the
 * delimited block that is open: code, or the cells of a table.
 */
export const asciidocGrammar: ChunkGrammar = {
  begin: () => '',
  read: (chunk, state) => new Asciidoc(chunk, state).read(),
};

const MASKED = /^(?:-{4,}|\.{4,}|\+{4,}|\/{4,}|```.*)$/;
const TABLE = /^[|,:!]={3,}$/;
const TRANSPARENT = /^(?:={4,}|\*{4,}|_{4,}|~{4,}|--)$/;
const CODE_STYLE =
  /^\[(?:source|listing|literal|stem|latexmath|asciimath|plantuml|ditaa|mermaid|graphviz|pass|comment|a2s|,\s*\w+)\b/;
const ATTRIBUTE = /^:!?\w[\w-]*!?:(?:\s|$)/;
const BLOCK_MACRO = /^\w+::\S*\[.*\]$/;
const RULE = /^(?:'{3,}|<{3,}|-{3}|\*{3}|\+)$/;
const TITLE = /^(?:={1,6}|#{1,6})\s+/;
const ITEM = /^(?:\*{1,6}|-|\.{1,6}|\d{1,3}\.|[a-z]\.|<(?:\d{1,3}|\.)>)\s+(?:\[[ xX*]\]\s+)?/;
const ADMONITION = /^(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION):\s+/;
const TERM = /^(\S(?:.{0,200}?\S)?)(?::{2,4}|;;)(?:\s+|$)/;
/** A bar with what says how far and how a cell reaches. */
const BAR = /(?:(?<=^|\s)(?:\d+\*|(?:\d+(?:\.\d+)?|\.\d+)\+)?(?:[<^>]?(?:\.[<^>])?)[aehmlsdv]?)?(?<!\\)\|/g;

class Asciidoc {
  readonly #lines: readonly Line[];
  readonly #prose: ProseLines;
  #state: string;
  #at = 0;
  /** Set behind attributes that make code of what follows. */
  #isCode = false;
  #isList = false;

  constructor(chunk: string, state: string) {
    this.#lines = linesOf(chunk);
    this.#prose = new ProseLines(chunk, asciidocInline);
    this.#state = state;
  }

  read(): ReadChunk {
    while (this.#at < this.#lines.length) this.#line(this.#lines[this.#at++]);
    this.#prose.finish();
    return { blocks: this.#prose.blocks, state: this.#state };
  }

  #line(line: Line): void {
    const { start, end, text, indent } = line;
    if (this.#state !== '') {
      if (text === this.#state) {
        this.#state = '';
        this.#prose.finish();
      } else if (TABLE.test(this.#state)) this.#cells(line);
      return;
    }
    if (indent === 0 && this.#isMarkup(text)) return this.#prose.finish();
    if (indent === 0 && TITLE.test(text)) return this.#prose.block(start + TITLE.exec(text)![0].length, end);
    if (indent === 0 && this.#prose.isEmpty && /^\.[^\s.]/.test(text))
      return this.#prose.block(start + 1, end);
    const begins = this.#prose.isEmpty || this.#isList;
    const item = begins ? ITEM.exec(text)?.[0].length : undefined;
    if (item !== undefined) return this.#begin(line, item, true);
    if (this.#prose.isEmpty && (indent > 0 || this.#isCode) && !this.#isList) {
      this.#at = this.#lines.length; // a literal paragraph
      return;
    }
    const admonition = this.#prose.isEmpty ? ADMONITION.exec(text)?.[0].length : undefined;
    if (admonition !== undefined) return this.#begin(line, admonition, false);
    const term = begins && !/:\/\//.test(text) ? TERM.exec(text) : null;
    if (term === null) return this.#add(line, 0);
    this.#prose.block(start, start + term[1].length);
    this.#begin(line, term[0].length, true);
  }

  /** Lines of nothing but markup; some say how what follows is read. */
  #isMarkup(text: string): boolean {
    const isDelimiter = MASKED.test(text) || (this.#isCode && TRANSPARENT.test(text));
    if (isDelimiter || TABLE.test(text)) {
      this.#state = text.startsWith('```') ? '```' : text;
      this.#isCode = false;
      return true;
    }
    if (/^\[.*\]$/.test(text)) {
      this.#isCode ||= CODE_STYLE.test(text);
      return true;
    }
    const isLine = TRANSPARENT.test(text) || RULE.test(text) || /^\/\/(?!\/)/.test(text);
    return isLine || ATTRIBUTE.test(text) || BLOCK_MACRO.test(text);
  }

  #begin(line: Line, skipped: number, isList: boolean): void {
    this.#prose.finish();
    this.#isList = isList;
    this.#add(line, skipped);
  }

  /** ` +` at its end breaks a line. */
  #add({ start, end, text }: Line, skipped: number): void {
    const isBroken = text.endsWith(' +');
    this.#prose.add(start + skipped, isBroken ? end - 2 : end);
    if (isBroken) this.#prose.finish();
  }

  #cells({ start, end, text }: Line): void {
    const [sign] = this.#state;
    if (text.includes(sign)) this.#prose.cells(start, end, sign === '|' ? BAR : new RegExp(sign, 'g'));
    else this.#prose.block(start, end);
  }
}
