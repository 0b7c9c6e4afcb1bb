import type { Anchor, AnchorState } from './anchor';
import type { ChangeBatch } from './changeBatch';
import { PatchedText } from './patchedText';

/** Where the anchors that an edit concerns stood in one of its two texts, when that text was last left. */
export type Memory = Map<Anchor, AnchorState>;

/** The way from one text to another. */
export interface Passage {
  /** What makes the one of the other, in this order. */
  readonly batches: readonly ChangeBatch[];
  /** What is remembered of the text that is left, and of the one that is reached. */
  readonly left: Memory;
  readonly reached: Memory;
}

/** How an edit leads to its text. */
export interface Way {
  readonly passages: readonly Passage[];
  /** The time when the text it leads to was last left: what is older was there then. 0 for a new text. */
  readonly leftAt: number;
}

/** How many texts are remembered, and how much of their changes, in code units and remembered anchors. */
const MAX_TEXTS = 2000;
const MAX_WEIGHT = 8_000_000;
/** What a remembered anchor weighs. */
const ANCHOR_WEIGHT = 50;
/** How many changes may be put together to make sure that an edit brings a text back. */
const BUDGET = 2_000_000;

/** The edit that made a text of the one above it. */
class Edit {
  readonly before: Memory = new Map();
  readonly after: Memory = new Map();
  readonly #length: number;

  constructor(
    readonly parent: TextState,
    readonly batches: readonly ChangeBatch[],
  ) {
    let length = 0;
    for (const { changes } of batches)
      for (const { newText, removed } of changes) length += newText.length + removed.length + 1;
    this.#length = length;
  }

  get weight(): number {
    return this.#length + ANCHOR_WEIGHT * (this.before.size + this.after.size);
  }

  get down(): Passage {
    return { batches: this.batches, left: this.before, reached: this.after };
  }

  get up(): Passage {
    const batches = this.batches.map(({ inverse }) => inverse).reverse();
    return { batches, left: this.after, reached: this.before };
  }
}

/** A text that was there once. */
interface TextState {
  readonly fingerprint: number;
  readonly length: number;
  readonly children: Set<TextState>;
  /** Undefined at the root. */
  edit: Edit | undefined;
  /** Of the edit, as it was last counted. */
  weight: number;
  /** When it was last left, or passed on the way to another one. */
  leftAt: number;
}

/**
 * The texts that a person saw while editing, as a tree: an edit grows it, and one that brings back a text of it
 * (undo, redo, or typing the same again) leads along its branches. Between two texts there is one way, so what was
 * remembered of a text when it was left is what holds when it is reached again, whatever happened elsewhere.
 */
export class TextHistory {
  /** In the order of their last visit, which drops leaves and roots only. */
  readonly #states = new Set<TextState>();
  readonly #byFingerprint = new Map<number, Set<TextState>>();
  #current: TextState;
  /** Whose edits the last move went along. */
  #passed: readonly TextState[] = [];
  #weight = 0;
  #time = 0;

  constructor(text: string) {
    this.#current = this.#add(0, text.length);
  }

  /** The number of edits so far. */
  get time(): number {
    return this.#time;
  }

  /** The fingerprint of the present text. */
  get fingerprint(): number {
    return this.#current.fingerprint;
  }

  /**
   * The way to `after`, which becomes the present text: an edit, or several where it was there before.
   * @param batches what makes it of `before`, the text until now
   */
  move(batches: readonly ChangeBatch[], before: string, after: string, fingerprint: number): Way {
    this.#current.leftAt = ++this.#time;
    for (const state of this.#alike(fingerprint, after.length)) {
      const { up, down } = this.#between(this.#current, state);
      const passages = [
        ...up.flatMap(({ edit }) => edit?.up ?? []),
        ...down.flatMap(({ edit }) => edit?.down ?? []),
      ];
      if (!leads(passages, before, after)) continue;
      const { leftAt } = state;
      for (const { edit } of up) if (edit !== undefined) this.#visit(edit.parent);
      for (const one of down) this.#visit(one);
      this.#current = state;
      this.#passed = [...up, ...down];
      return { passages, leftAt };
    }
    const edit = new Edit(this.#current, batches);
    this.#current = this.#add(fingerprint, after.length, edit);
    this.#passed = [this.#current];
    return { passages: [edit.down], leftAt: 0 };
  }

  #add(fingerprint: number, length: number, edit?: Edit): TextState {
    const state: TextState = { fingerprint, length, children: new Set(), edit, weight: 0, leftAt: 0 };
    edit?.parent.children.add(state);
    this.#visit(state);
    return state;
  }

  /** The texts that may be the one looked for, the one seen last first. */
  #alike(fingerprint: number, length: number): TextState[] {
    const alike = [...(this.#byFingerprint.get(fingerprint) ?? [])];
    return alike.filter((state) => state.length === length).reverse();
  }

  /** The states to leave upwards, the first one first, and those to enter downwards. */
  #between(from: TextState, to: TextState): { up: TextState[]; down: TextState[] } {
    const above = new Set<TextState>();
    for (let at: TextState | undefined = from; at !== undefined; at = at.edit?.parent) above.add(at);
    const down: TextState[] = [];
    let meeting = to;
    for (; !above.has(meeting) && meeting.edit !== undefined; meeting = meeting.edit.parent)
      down.push(meeting);
    const up: TextState[] = [];
    for (const at of above) {
      if (at === meeting) break;
      up.push(at);
    }
    return { up, down: down.reverse() };
  }

  #visit(state: TextState): void {
    state.leftAt = this.#time;
    this.#states.delete(state);
    this.#states.add(state);
    const alike = this.#byFingerprint.get(state.fingerprint) ?? new Set();
    alike.delete(state);
    this.#byFingerprint.set(state.fingerprint, alike.add(state));
  }

  #weigh(state: TextState): void {
    const { weight = 0 } = state.edit ?? {};
    this.#weight += weight - state.weight;
    state.weight = weight;
  }

  /** Takes account of what was remembered on the last way, and forgets the oldest texts where that is too much. */
  trim(): void {
    for (const state of this.#passed) this.#weigh(state);
    while (this.#states.size > MAX_TEXTS || (this.#weight > MAX_WEIGHT && this.#states.size > 2)) {
      const [oldest] = this.#states;
      this.#forget(oldest);
    }
  }

  #forget(state: TextState): void {
    this.#states.delete(state);
    const alike = this.#byFingerprint.get(state.fingerprint);
    alike?.delete(state);
    if (alike?.size === 0) this.#byFingerprint.delete(state.fingerprint);
    this.#weight -= state.weight;
    state.edit?.parent.children.delete(state);
    for (const child of state.children) {
      child.edit = undefined;
      this.#weigh(child);
    }
  }
}

/** True if the passages turn `before` into `after`, as far as that can be seen at a fair price. */
function leads(passages: readonly Passage[], before: string, after: string): boolean {
  let text = new PatchedText(before);
  let spent = 0;
  for (const { batches } of passages)
    for (const batch of batches) {
      text = text.after(batch);
      spent += text.size;
      if (spent > BUDGET) return false;
    }
  return text.equals(after);
}
