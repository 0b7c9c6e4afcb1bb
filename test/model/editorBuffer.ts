/** One replacement in a text, offsets in UTF-16 code units before it. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** A code unit that can be told from its equals: undo brings back the very same ones. */
interface Unit {
  readonly id: number;
  readonly code: string;
}

interface Applied {
  readonly start: number;
  readonly removed: readonly Unit[];
  readonly inserted: readonly Unit[];
}

interface Event {
  /** In the order in which they were applied, each to the text after those before it. */
  readonly applied: readonly Applied[];
  readonly stateBefore: number;
  readonly stateAfter: number;
}

/** Told of a change: the units before it, and those that it brings in. */
type Follow = (before: readonly number[], change: Replacement, inserted: readonly number[]) => void;

/** What an editor keeps of an open text: its content, and the events that it can undo and redo. */
export class EditorBuffer {
  readonly #units: Unit[];
  #state: number;
  readonly #done: Event[] = [];
  #undone: Event[] = [];
  static #nextUnit = 0;
  static #nextState = 0;

  constructor(text: string, ids?: readonly number[]) {
    this.#units = Array.from({ length: text.length }, (_, i) => ({
      id: ids?.[i] ?? EditorBuffer.#nextUnit++,
      code: text[i],
    }));
    this.#state = EditorBuffer.#nextState++;
  }

  get text(): string {
    return this.#units.map(({ code }) => code).join('');
  }

  get length(): number {
    return this.#units.length;
  }

  get ids(): readonly number[] {
    return this.#units.map(({ id }) => id);
  }

  /** Equal wherever undo and redo lead back to the same text. */
  get state(): number {
    return this.#state;
  }

  get canUndo(): boolean {
    return this.#done.length > 0;
  }

  get canRedo(): boolean {
    return this.#undone.length > 0;
  }

  /**
   * @param changes as one event of the editor: in descending order, so that each leaves the offsets of the next
   * @param follow told of each change
   */
  edit(changes: readonly Replacement[], follow?: Follow): void {
    const stateBefore = this.#state;
    const applied = changes.map((change): Applied => {
      const { start, end, newText } = change;
      const inserted = Array.from(newText.split(''), (code) => ({ id: EditorBuffer.#nextUnit++, code }));
      follow?.(
        this.ids,
        change,
        inserted.map(({ id }) => id),
      );
      return { start, removed: this.#units.splice(start, end - start, ...inserted), inserted };
    });
    this.#state = EditorBuffer.#nextState++;
    this.#done.push({ applied, stateBefore, stateAfter: this.#state });
    this.#undone = [];
  }

  /** Takes back the last event. @returns the changes that an editor tells */
  undo(follow?: Follow): readonly Replacement[] {
    const event = this.#done.pop();
    if (event === undefined) return [];
    this.#undone.push(event);
    this.#state = event.stateBefore;
    return [...event.applied]
      .reverse()
      .map(({ start, removed, inserted }) => this.#exchange(start, inserted, removed, follow));
  }

  redo(follow?: Follow): readonly Replacement[] {
    const event = this.#undone.pop();
    if (event === undefined) return [];
    this.#done.push(event);
    this.#state = event.stateAfter;
    return event.applied.map(({ start, removed, inserted }) =>
      this.#exchange(start, removed, inserted, follow),
    );
  }

  #exchange(start: number, out: readonly Unit[], into: readonly Unit[], follow?: Follow): Replacement {
    const change = { start, end: start + out.length, newText: textOf(into) };
    follow?.(
      this.ids,
      change,
      into.map(({ id }) => id),
    );
    this.#units.splice(start, out.length, ...into);
    return change;
  }
}

const textOf = (units: readonly Unit[]): string => units.map(({ code }) => code).join('');

/** LSP's line and character of an offset that does not part CR from LF. */
export function positionOf(text: string, offset: number): { line: number; character: number } {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: lines.length - 1, character: lines[lines.length - 1].length };
}
