import type { ChunkGrammar, ReadChunk } from './chunkReader';
import { type Line, linesOf, ProseLines } from './proseLines';
import { rstInline } from './rstInline';

/**
 * reStructuredText as visible text, by lines: directives that hold code or name files, comments, targets, options,
 * literal blocks, adornments and borders of tables are masked. Of its own: the parsers on npm are abandoned or give
 * no places within lines. The state is the column up to which whatever stands further right is masked.
 */
export const rstGrammar: ChunkGrammar = {
  begin: () => '',
  read: (chunk, state) => new Rst(chunk, state).read(),
};

/** Directives that hold prose. */
const PROSE = new Set(
  `attention caution danger error hint important note tip warning admonition seealso topic sidebar rubric epigraph
   highlights pull-quote compound container figure table list-table csv-table glossary versionadded versionchanged
   deprecated centered only rst-class class todo tab tabs tab-set tab-item dropdown card grid details line-block
   hlist productionlist abstract dedication exercise solution theorem proof definition lemma`.split(/\s+/),
);
/** Those of them whose argument is no prose. */
const KEYED = new Set([
  'figure',
  'container',
  'only',
  'rst-class',
  'class',
  'versionadded',
  'versionchanged',
  'deprecated',
]);
/** Descriptions of objects of code: the signature is masked, what it does is read. */
const OBJECT =
  /^(?:(?:py|c|cpp|js|rst|std):)?(?:function|class|method|attribute|module|data|exception|option|describe|object|type|struct|macro|var|member|enum|staticmethod|classmethod|property|decorator|envvar|confval|program)$/;

const ADORNMENT = /^([!-/:-@[-`{-~])\1+$/;
const GRID = /^\+[-=+]+\+$/;
const SIMPLE_TABLE = /^=+(?:[ \t]+=+)+$/;
const ITEM = /^(?:[-*+•‣⁃]|\(?(?:\d{1,3}|#|[a-z]|[ivxlcdm]{1,5})[.)])\s+/;
/** A row of a `csv-table`. */
const QUOTED_CELLS = /^"[^"]*"(?:\s*,\s*"[^"]*")+$/;
/** `-a, --all=X  what it does` */
const OPTION =
  /^(?:-{1,2}|\/)[A-Za-z][\w-]*(?:[ =][A-Z<][\w<>-]*)?(?:, (?:-{1,2}|\/)[A-Za-z][\w-]*(?:[ =][A-Z<][\w<>-]*)?)*\s{2,}(?=\S)/;
const FIELD = /^:(?![\s:])(?:[^:\n]|\\:|:(?=\S))*:(?=\s|$)\s*/;

class Rst {
  readonly #lines: readonly Line[];
  readonly #prose: ProseLines;
  #at = 0;
  #state: string;
  /** The column of the block that is being read, and whether its first line began with a mark. */
  #indent = 0;
  #isMarked = false;
  readonly #hasGrid: boolean;
  #columns: readonly number[] = [];

  constructor(chunk: string, state: string) {
    this.#lines = linesOf(chunk);
    this.#prose = new ProseLines(chunk, rstInline);
    this.#state = state;
    this.#hasGrid = this.#lines.some(({ text }) => GRID.test(text));
  }

  read(): ReadChunk {
    this.#skipMasked();
    while (this.#at < this.#lines.length) this.#line(this.#lines[this.#at++]);
    this.#prose.finish();
    return { blocks: this.#prose.blocks, state: this.#state };
  }

  /** Goes beyond the lines that stand right of the masked column. */
  #skipMasked(): void {
    if (this.#state === '') return;
    while (this.#at < this.#lines.length && this.#lines[this.#at].indent > Number(this.#state)) this.#at++;
    if (this.#at < this.#lines.length) this.#state = '';
  }

  #mask(column: number): void {
    this.#prose.finish();
    this.#state = String(column);
    this.#skipMasked();
  }

  #line(line: Line): void {
    const { start, end, text, indent } = line;
    if (/^\.\.(?:\s|$)/.test(text)) return this.#explicit(line);
    if (/^__\s/.test(text)) return this.#prose.finish();
    if (this.#hasGrid && GRID.test(text)) return this.#prose.finish();
    if (this.#hasGrid && text.startsWith('|')) return this.#prose.cells(start, end, /\|/g);
    if (SIMPLE_TABLE.test(text)) {
      this.#prose.finish();
      this.#columns = [...text.matchAll(/=+/g)].map(({ index }) => index);
      return;
    }
    if (this.#columns.length > 0) return this.#row(line);
    if (ADORNMENT.test(text) && (text.length > 2 || text === '::')) {
      const isLiteral = text === '::';
      this.#prose.finish();
      if (isLiteral) this.#mask(indent);
      return;
    }
    if (text.startsWith('>>> ')) {
      this.#prose.finish();
      this.#at = this.#lines.length;
      return;
    }
    const next = this.#lines.at(this.#at);
    if (this.#prose.isEmpty && next !== undefined && next.indent <= indent && isUnderline(next.text, text))
      return this.#prose.block(start, end);
    this.#text(line);
  }

  #text(line: Line): void {
    const { start, text, indent } = line;
    if (/^\|\s/.test(text)) return this.#begin(line, 1, true);
    if (QUOTED_CELLS.test(text)) return this.#prose.cells(start + 1, line.end - 1, /"\s*,\s*"/g);
    const begins = this.#prose.isEmpty || (this.#isMarked && indent <= this.#indent);
    const option = begins ? OPTION.exec(text)?.[0].length : undefined;
    if (option !== undefined) return this.#begin(line, option, true);
    const item = begins ? ITEM.exec(text)?.[0].length : undefined;
    if (item !== undefined) {
      const inner = /^[-*+]\s+/.exec(text.slice(item))?.[0].length ?? 0; // a row of a `list-table`
      this.#begin(line, item + inner, true);
      if (inner > 0) this.#indent = indent + item;
      return;
    }
    const field = FIELD.exec(text)?.[0].length;
    if (field !== undefined && (this.#prose.isEmpty || this.#isMarked)) return this.#begin(line, field, true);
    const isDefinition = !this.#isMarked && indent > this.#indent;
    if (this.#prose.isEmpty || isDefinition || indent < this.#indent) return this.#begin(line, 0, false);
    this.#prose.add(start, this.#proseEnd(line, indent));
  }

  /** A block that begins behind the first `skipped` code units of a line. */
  #begin(line: Line, skipped: number, isMarked: boolean): void {
    this.#prose.finish();
    this.#indent = line.indent;
    this.#isMarked = isMarked;
    this.#prose.add(line.start + skipped, this.#proseEnd(line, line.indent + skipped));
  }

  /** A paragraph that ends with `::` is followed by a literal block, and shows one colon or none. */
  #proseEnd({ end, text }: Line, column: number): number {
    if (!text.endsWith('::') || this.#at < this.#lines.length) return end;
    this.#state = String(column);
    return end - (/\s::$/.test(text) ? 2 : 1);
  }

  #explicit(line: Line): void {
    const { start, end, text, indent } = line;
    const skipped = /^\.\.\s*/.exec(text)![0].length;
    const rest = text.slice(skipped);
    const note = /^\[(?:[#*]?[\w.-]*)\]\s+/.exec(rest);
    if (note !== null) return this.#begin(line, skipped + note[0].length, true);
    const directive = /^(?:\|[^|\n]+\|\s+)?([\w:.+-]*\w)::(?:\s+|$)/.exec(rest);
    const name = directive?.[1];
    if (directive === null || name === undefined) return this.#mask(indent);
    const isReplacement = name === 'replace';
    if (!isReplacement && !PROSE.has(name) && !OBJECT.test(name)) return this.#mask(indent);
    const argument = start + skipped + directive[0].length;
    if (argument < end && !KEYED.has(name) && !OBJECT.test(name)) this.#begin(line, argument - start, true);
    else this.#prose.finish();
    while (
      /^:[^:\n]+:(?:\s|$)/.test(this.#lines.at(this.#at)?.text ?? '') &&
      this.#lines[this.#at].indent > indent
    ) {
      this.#prose.finish();
      this.#at++;
    }
  }

  #row({ start, end, indent }: Line): void {
    const first = start - indent;
    this.#prose.finish();
    this.#columns.forEach((column, i) => {
      const last = i + 1 < this.#columns.length ? first + this.#columns[i + 1] : end;
      this.#prose.block(Math.max(start, first + column), Math.min(end, last));
    });
  }
}

/** Whether a line underlines the one above it: a sign again and again, as long as the title or nearly. */
function isUnderline(text: string, title: string): boolean {
  return ADORNMENT.test(text) && text !== '::' && text.length >= Math.min(3, title.length);
}
