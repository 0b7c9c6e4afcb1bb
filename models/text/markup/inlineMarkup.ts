import type { Block } from '../block';
import { VisibleText } from '../visibleText';

/** Markup within lines, and what is seen of it. */
export interface InlineRule {
  /** Of a regular expression with the flag `u`; only these captures count. */
  readonly source: string;
  /** The captures that are shown, markup within them read: the first of them that took part. */
  readonly shows?: readonly number[];
  /** Set where that is a block of its own. */
  readonly isApart?: boolean;
  /** What stands in its place where nothing of it is shown; nothing at all by default. */
  readonly instead?: string | ((captures: readonly (string | undefined)[]) => string);
  /** Undefined where this is no such markup after all. */
  readonly isMasked?: (captures: readonly (string | undefined)[]) => boolean;
}

/** Markup within markup deeper than this is shown as it stands. */
const DEEPEST = 6;

/** Reads the markup within the lines of a block by rules, of which the first that fits counts. */
export class InlineMarkup {
  readonly #pattern: RegExp;
  readonly #rules: readonly (InlineRule & { readonly at: number })[];

  constructor(rules: readonly InlineRule[]) {
    let at = 1;
    this.#rules = rules.map((rule) => {
      const placed = { ...rule, at };
      at += new RegExp(`(${rule.source})|`, 'u').exec('')!.length - 1;
      return placed;
    });
    this.#pattern = new RegExp(rules.map(({ source }) => `(${source})`).join('|'), 'dgu');
  }

  /** The blocks of some source, with starts that count from its beginning. */
  read(source: string): Block[] {
    const visible = new VisibleText(source);
    const blocks: Block[] = [];
    const finish = (): void => {
      const block = visible.take();
      if (block !== null) blocks.push(block);
    };
    this.#show(source, 0, source.length, visible, finish, 0);
    finish();
    return blocks;
  }

  #show(
    source: string,
    from: number,
    to: number,
    visible: VisibleText,
    finish: () => void,
    depth: number,
  ): void {
    const pattern = depth === DEEPEST ? undefined : new RegExp(this.#pattern);
    const part = to < source.length ? source.slice(0, to) : source;
    let at = from;
    if (pattern !== undefined) pattern.lastIndex = from;
    for (let found = pattern?.exec(part); found; found = pattern?.exec(part)) {
      if (found[0] === '') break;
      const rule = this.#rules.find((one) => found![one.at] !== undefined)!;
      const end = found.index + found[0].length;
      const captures = found.slice(rule.at, this.#rules[this.#rules.indexOf(rule) + 1]?.at);
      visible.copy(at, found.index);
      at = end;
      const shown = rule.isMasked?.(captures)
        ? undefined
        : rule.shows?.find((one) => captures[one] !== undefined);
      if (shown === undefined) {
        const { instead = '' } = rule;
        visible.replace(found.index, end, typeof instead === 'string' ? instead : instead(captures));
        continue;
      }
      if (rule.isApart) finish();
      const [first, last] = found.indices![rule.at + shown];
      this.#show(source, first, last, visible, finish, depth + 1);
      if (rule.isApart) finish();
    }
    visible.copy(at, to);
  }
}
