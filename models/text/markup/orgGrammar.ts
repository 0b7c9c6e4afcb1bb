import type { ChunkGrammar, ReadChunk } from './chunkReader';
import { orgInline } from './orgInline';
import { type Line, linesOf, ProseLines } from './proseLines';

/**
 * Org as visible text, by lines: keywords, drawers, blocks of code, comments, planning, tags and marks of lists are
 * masked. Of its own: what parses Org on npm is under the GPL or gives no places within lines. The state names what
 * is masked: `block src`, `latex equation`, `drawer`.
 */
export const orgGrammar: ChunkGrammar = {
  begin: () => '',
  read: (chunk, state) => new Org(chunk, state).read(),
};

/** Blocks that hold prose. */
const PROSE_BLOCKS = new Set('quote verse center note tip warning important caution abstract'.split(' '));
const HEADING =
  /^\*+\s+(?:(?:TODO|DONE|NEXT|WAIT(?:ING)?|HOLD|STARTED|SOMEDAY|CANCELL?ED|COMMENT)\s+)?(?:\[#\w\]\s+)?/;
const TAGS = /\s+:(?:[\w@#%]+:)+$/;
const ITEM = /^(?:[-+]|\*|\d{1,3}[.)])\s+(?:\[@\w+\]\s*)?(?:\[[ X-]\]\s+)?/;
const TERM = /^(\S(?:.{0,200}?\S)?)\s+::(?:\s+|$)/;
const READ_KEYWORD = /^#\+(?:title|subtitle|author|description|caption(?:\[[^\]]*\])?):\s*/i;

class Org {
  readonly #lines: readonly Line[];
  readonly #prose: ProseLines;
  #state: string;
  #isList = false;

  constructor(chunk: string, state: string) {
    this.#lines = linesOf(chunk);
    this.#prose = new ProseLines(chunk, orgInline);
    this.#state = state;
  }

  read(): ReadChunk {
    for (const line of this.#lines)
      if (this.#state !== '') this.#masked(line.text);
      else this.#line(line);
    this.#prose.finish();
    return { blocks: this.#prose.blocks, state: this.#state };
  }

  #masked(text: string): void {
    const [kind, name = ''] = this.#state.split(' ');
    const end = kind === 'block' ? `#+end_${name}` : kind === 'latex' ? `\\end{${name}}` : ':end:';
    if (text.toLowerCase() === end) this.#state = '';
  }

  #line(line: Line): void {
    const { start, end, text, indent } = line;
    if (this.#isMarkup(text)) return this.#prose.finish();
    const keyword = READ_KEYWORD.exec(text)?.[0].length;
    if (keyword !== undefined) return this.#prose.block(start + keyword, end);
    if (text.startsWith('#+')) return this.#prose.finish();
    const heading = indent === 0 ? HEADING.exec(text)?.[0].length : undefined;
    if (heading !== undefined)
      return this.#prose.block(start + heading, end - (TAGS.exec(text)?.[0].length ?? 0));
    if (text.startsWith('|')) {
      if (text.startsWith('|-')) return this.#prose.finish();
      return this.#prose.cells(start, end, /\|/g);
    }
    const note = /^\[fn:[\w-]+\]\s*/.exec(text)?.[0].length;
    if (note !== undefined && indent === 0) return this.#begin(start + note, end, false);
    const item = ITEM.exec(text)?.[0].length;
    if (item !== undefined && (this.#prose.isEmpty || this.#isList || /^(?:[-+]|\d{1,2}\))/.test(text)))
      return this.#item(line, item);
    this.#prose.add(start, end);
  }

  /** Lines of nothing but markup; some open what is masked. */
  #isMarkup(text: string): boolean {
    const block = /^#\+begin_(\w+)/i.exec(text)?.[1].toLowerCase();
    const latex = /^\\begin\{(\w+\*?)\}/.exec(text)?.[1];
    if (block !== undefined) this.#state = PROSE_BLOCKS.has(block) ? '' : `block ${block}`;
    else if (latex !== undefined)
      this.#state = text.endsWith(`\\end{${latex}}`) ? '' : `latex ${latex.toLowerCase()}`;
    else if (/^:(?!end:)[\w-]+:$/i.test(text)) this.#state = 'drawer';
    else return /^(?:#(?:\s|$)|:(?:\s|$)|-{5,}$|:end:$|(?:SCHEDULED|DEADLINE|CLOSED|CLOCK):)/i.test(text);
    return true;
  }

  #item({ start, end, text }: Line, mark: number): void {
    const term = TERM.exec(text.slice(mark));
    if (term !== null) this.#prose.block(start + mark, start + mark + term[1].length);
    this.#begin(start + mark + (term?.[0].length ?? 0), end, true);
  }

  #begin(start: number, end: number, isList: boolean): void {
    this.#prose.finish();
    this.#isList = isList;
    this.#prose.add(start, end);
  }
}
