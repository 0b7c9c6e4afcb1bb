import type { Block } from '../block';
import { VisibleText } from '../visibleText';
import type { ChunkGrammar, ReadChunk } from './chunkReader';
import { addressEnd, groupEnd, optionEnd } from './latexGroups';
import * as commands from './latexCommands';

/**
 * LaTeX as visible text: commands, comments, math, the preamble and environments of code and drawings are masked, what
 * commands mark up is read. Of its own, because the well-kept parser (unified-latex) takes five seconds for 200 kB in
 * one go and overflows the stack on deep groups, where an editor waits.
 */
export const latexGrammar: ChunkGrammar = {
  begin: (text) =>
    /\\document(?:class|style)/.test(text) && text.includes('\\begin{document}') ? PREAMBLE : '',
  read: (chunk, state) => new Latex(chunk, state).read(),
};

const PREAMBLE = 'preamble';
/** Behind the end of the document. */
const BEHIND = 'behind';
/** A group that is seen as if its braces were not there; one that is a block; an option that is one. */
const [GROUP, BLOCK, OPTION] = ['group', 'block', 'option'];
/** An argument that is no prose, with the number of its open braces. */
const MASKED = 'masked';
/** An environment that holds no prose, with its name. */
const ENVIRONMENT = 'environment';
/** Groups within each other deeper than this are not told apart. */
const DEEPEST = 64;

/** When a slide shows what a command marks up (`\only<2->`), or how a line is trimmed (`\cmidrule(lr)`). */
const WHEN_OR_WHERE = /<[\d+.-][^<>\n]{0,20}>|(?<=\\cmidrule)\([\w{}.]{0,20}\)/y;
/** `\cites(see)()[1]{a}[2]{b}` */
const KEYS = /(?:\([^()\n]{0,200}\)){0,2}(?:[ \t]*(?:\[[^\]\n]{0,300}\]|\{[^{}\n]{0,500}\}))*/y;

/** Reads a chunk; what is open at its end, outermost first, is the state. */
class Latex {
  readonly #text: string;
  readonly #visible: VisibleText;
  readonly #blocks: Block[] = [];
  readonly #open: string[];
  readonly #unclosed = new Set<string>();
  #at = 0;

  constructor(text: string, state: string) {
    this.#text = text;
    this.#visible = new VisibleText(text);
    this.#open = state === '' ? [] : state.split(',');
  }

  read(): ReadChunk {
    while (this.#at < this.#text.length) {
      const [kind, more = ''] = (this.#open.at(-1) ?? '').split(' ');
      if (kind === PREAMBLE) this.#preamble();
      else if (kind === BEHIND) break;
      else if (kind === MASKED) this.#masked(Number(more));
      else if (kind === ENVIRONMENT) this.#environment(more);
      else this.#prose();
    }
    this.#finish();
    return { blocks: this.#blocks, state: this.#open.join(',') };
  }

  #finish(): void {
    const block = this.#visible.take();
    if (block !== null) this.#blocks.push(block);
  }

  #push(kind: string): void {
    if (this.#open.length < DEEPEST) this.#open.push(kind);
  }

  /** Goes on behind the next match, or at the end of the chunk. */
  #find(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    this.#at = found === null ? this.#text.length : pattern.lastIndex;
    return found;
  }

  /** Goes on behind a match right here. */
  #take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found !== null) this.#at = pattern.lastIndex;
    return found;
  }

  #preamble(): void {
    const found = this.#find(
      /\\%|%.*|\\begin\s*\{document\}|\\(?:title|subtitle|author)\s*(?:\[[^\]]*\]\s*)?\{/g,
    );
    if (found?.[0].startsWith('\\begin')) this.#open.pop();
    else if (found?.[0].endsWith('{')) this.#push(BLOCK);
  }

  #masked(depth: number): void {
    const found = this.#find(/\\[\s\S]|%.*|[{}]/g)?.[0];
    if (found !== '{' && found !== '}') return;
    this.#open.pop();
    const now = depth + (found === '{' ? 1 : -1);
    if (now > 0) this.#open.push(`${MASKED} ${now}`);
  }

  #environment(name: string): void {
    if (this.#find(new RegExp(`\\\\end\\s*\\{${name.replaceAll('*', '\\*')}\\}`, 'g')) !== null)
      this.#open.pop();
  }

  #prose(): void {
    const from = this.#at;
    const special = this.#find(/[\\{}$%&~\]]|``|''/g);
    const at = special?.index ?? this.#text.length;
    this.#visible.copy(from, at);
    if (special === null) return;
    const [sign] = special;
    if (sign === '\\') this.#command(at);
    else if (sign === '{') this.#push(GROUP);
    else if (sign === '}') this.#close();
    else if (sign === '$') this.#math(at);
    else if (sign === '%') this.#take(/.*\n?[ \t]*/y);
    else if (sign === '&') this.#finish();
    else if (sign === '~') this.#visible.replace(at, at + 1, ' ');
    else if (sign !== ']') this.#visible.replace(at, at + 2, sign === '``' ? '“' : '”');
    else if (this.#open.at(-1) === OPTION) this.#close();
    else this.#visible.copy(at, at + 1);
  }

  #close(): void {
    const kind = this.#open.at(-1);
    if (kind === GROUP || kind === BLOCK || kind === OPTION) this.#open.pop();
    if (kind === BLOCK || kind === OPTION) this.#finish();
    // What follows at once is one more argument, and no part of the word before.
    if (kind === BLOCK && this.#take(/\{/y)) this.#push(BLOCK);
    else if (kind === GROUP && /^\{(?!\s*\})/.test(this.#text.slice(this.#at, this.#at + 20)))
      this.#visible.replace(this.#at - 1, this.#at, ' ');
  }

  /** `$…$` and `$$…$$`; a sign without its partner in the paragraph is shown. */
  #math(at: number): void {
    const isDisplay = this.#take(/\$/y) !== null;
    const end = this.#take(isDisplay ? /(?:[^$\\]|\\[\s\S]|\$(?!\$))*\$\$/y : /(?:[^$\\]|\\[\s\S])*\$/y);
    if (end === null) this.#visible.copy(at, this.#at);
    else this.#visible.replace(at, this.#at, ' ');
  }

  #command(at: number): void {
    const [, name = '', sign = ''] = this.#take(/([a-zA-Z@]+)\*?|([\s\S]?)/uy) ?? [];
    if (name !== '') return this.#named(name, at);
    if ('()[]'.includes(sign) && sign !== '') return this.#bracketMath(sign, at);
    if (sign === '\\') return this.#lineBreak(at);
    if (commands.ACCENTS.has(sign)) return this.#accent(sign, at);
    if (/^[%$&#_{}]$/.test(sign)) this.#visible.replace(at, this.#at, sign);
    else if (/^[\s,;:>]$/.test(sign)) this.#visible.replace(at, this.#at, ' ');
  }

  #bracketMath(sign: string, at: number): void {
    const end = sign === '(' ? '\\)' : sign === '[' ? '\\]' : undefined;
    if (end === undefined || this.#unclosed.has(end)) return;
    const closed = this.#text.indexOf(end, this.#at);
    if (closed < 0) return void this.#unclosed.add(end); // that is looked for once
    this.#at = closed + 2;
    this.#visible.replace(at, this.#at, ' ');
  }

  /** A line that goes on in lower case was only broken. */
  #lineBreak(at: number): void {
    this.#take(/\*?(?:[ \t]*\[[^\]\n]{0,20}\])?/y);
    if (/^\s*\p{Ll}/u.test(this.#text.slice(this.#at, this.#at + 80)))
      this.#visible.replace(at, this.#at, ' ');
    else this.#finish();
  }

  /** `\'e`, `\'{e}`, `\c c`, `\"\i`: one letter. */
  #accent(sign: string, at: number): void {
    const found = this.#take(
      /\s*(?:\{\s*(?:\\([ij])\s*|(\p{L}\p{M}*))\}|\\([ij])(?![a-zA-Z])(?:\{\}|[ \t]*)|(\p{L}))/uy,
    );
    const letter = found?.slice(1).find((one) => one !== undefined);
    if (letter !== undefined)
      this.#visible.replace(at, this.#at, (letter + commands.ACCENTS.get(sign)).normalize('NFC'));
    else if (/[~^]/.test(sign) && this.#take(/\{\s*\}/y)) this.#visible.replace(at, this.#at, sign);
  }

  #named(name: string, at: number): void {
    const symbol = commands.SYMBOLS.get(name);
    if (symbol !== undefined) {
      this.#take(/\{\}|[ \t]*\n?[ \t]*/y);
      return this.#visible.replace(at, this.#at, symbol);
    }
    if (name.length === 1 && commands.ACCENTS.has(name)) return this.#accent(name, at);
    if (name === 'iffalse') return void this.#find(/\\fi(?![a-zA-Z])/g);
    if (name === 'begin') return this.#begin();
    if (name === 'end') return this.#end();
    if (name === 'verb' || name === 'lstinline' || name === 'Verb') return this.#verb(at);
    if (name === 'def' || name === 'gdef' || name === 'edef' || name === 'let') return this.#definition(name);
    if (commands.BREAKS.has(name)) this.#finish();
    if (commands.MASKED_LISTS.has(name)) return void this.#take(KEYS);
    this.#take(WHEN_OR_WHERE);
    if (name === 'item' && this.#take(/\s*\[/y)) return this.#push(OPTION);
    this.#arguments(name);
    if (name === 'hspace') return this.#visible.replace(at, this.#at, ' ');
    if (!commands.BLOCKS.has(name)) return;
    this.#finish();
    if (this.#take(/\s*\{/y)) this.#push(BLOCK);
  }

  /** Goes beyond options, and beyond arguments that are no prose. */
  #arguments(name: string): void {
    for (let left = commands.MASKED_ARGUMENTS.get(name) ?? 0; ; left--) {
      this.#options();
      if (left === 0) return;
      const group = this.#take(/\s*(?=\{)|\s*\\[a-zA-Z@]+(?=[{[])|\s*(?=\[)/y);
      if (group === null) return;
      if (this.#text[this.#at] !== '{') continue; // `\newcommand\name[1]{…}`
      const end = commands.ADDRESSED.has(name)
        ? addressEnd(this.#text, this.#at)
        : groupEnd(this.#text, this.#at, commands.DEFINITIONS.has(name));
      if (end !== undefined) this.#at = end;
      else if (commands.DEFINITIONS.has(name)) {
        this.#at++;
        return this.#push(`${MASKED} 1`);
      } else return void this.#take(/.*/y);
    }
  }

  #options(): void {
    for (let found = this.#take(/[ \t]*(?=\[)/y); found !== null; found = this.#take(/[ \t]*(?=\[)/y)) {
      const end = optionEnd(this.#text, this.#at);
      if (end === undefined) return;
      this.#at = end;
    }
  }

  #begin(): void {
    this.#finish();
    const name = this.#take(/\s*\{([^{}\n,]*)\}/y)?.[1] ?? '';
    if (commands.MASKED_ENVIRONMENTS.has(name.replace(/\*$/, '')))
      return this.#push(`${ENVIRONMENT} ${name}`);
    if (commands.TITLED.has(name) && this.#take(/\[/y)) return this.#push(OPTION);
    this.#take(WHEN_OR_WHERE);
    this.#options();
    if (commands.HEADED.has(name) && this.#take(/\{/y)) return this.#push(BLOCK);
    for (
      let left = commands.ENVIRONMENT_ARGUMENTS.get(name) ?? 0;
      left > 0 && this.#text[this.#at] === '{';
      left--
    ) {
      this.#at = groupEnd(this.#text, this.#at, false) ?? this.#at + 1;
      this.#options();
    }
  }

  #end(): void {
    this.#finish();
    if (this.#take(/\s*\{([^{}\n]*)\}/y)?.[1] === 'document') this.#push(BEHIND);
  }

  #verb(at: number): void {
    this.#options();
    const end = this.#text[this.#at] === '{' ? groupEnd(this.#text, this.#at, false) : undefined;
    if (end !== undefined) this.#at = end;
    else if (this.#take(/([^\s*a-zA-Z]).*?\1/y) === null) return;
    this.#visible.replace(at, this.#at, ' ');
  }

  #definition(name: string): void {
    if (name === 'let') return void this.#take(/\s*\\[a-zA-Z@]+\s*=?\s*(?:\\[a-zA-Z@]+|\S)/y);
    if (this.#take(/[^{}\n]*\{/y)) this.#push(`${MASKED} 1`);
  }
}
