import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Replacement } from './editorBuffer';
import type { LabelWorld } from './labelWorld';
import type { KnownText } from './oracle';
import { LAYERS } from './project';

const WORDS = ['Ada', 'Ben', 'Łódź', 'São', 'New York', 'Ada Lovelace', '漢字', 'שלום', 'e\u0301te\u0301'];
const PIECES = [...WORDS, ' ', '.', ', ', '\n', '\r\n', '👩‍👩‍👧', '🇮🇸', 'a', '\ud83d', '\t', '# ', '*'];
/** Lines that are no labels. */
const BROKEN = ['{"id":"x"', 'not JSON', '{"id":"y","layer":"ner"}', '{"id":7}', '[]'];

const share = fc.double({ min: 0, max: 1, noNaN: true });
const piece = fc.constantFrom(...PIECES);
const label = fc.constantFrom(
  ...Object.entries(LAYERS).flatMap(([layer, labels]) => labels.map((name) => ({ layer, label: name }))),
);

/** A place in a text, away from where a character of two code units, or CR LF, would be parted. */
function placeAt(text: string, at: number): number {
  const place = Math.min(text.length, Math.floor(at * (text.length + 1)));
  return isParted(text, place) ? place - 1 : place;
}

/** Whether a text can be saved: no half of a character of two code units stands alone in it. */
const isWellFormed = (text: string): boolean => !/\p{Cs}/u.test(text);

const isParted = (text: string, at: number): boolean =>
  /^(?:\r\n|[\ud800-\udbff][\udc00-\udfff])$/.test(text.slice(Math.max(0, at - 1), at + 1));

/** The words of a text, with their places. */
const wordsOf = (text: string): { start: number; end: number }[] =>
  Array.from(text.matchAll(/[^\s.,#*]+/g), ({ index, 0: word }) => ({
    start: index,
    end: index + word.length,
  }));

/** One kind of thing that happens, with all it leaves to chance. */
interface Kind<P> {
  readonly weight: number;
  readonly chance: fc.Arbitrary<P>;
  readonly can: (world: LabelWorld, text: KnownText) => boolean;
  readonly act: (world: LabelWorld, text: KnownText, chance: P) => Promise<void>;
}

/** What chance says is known to the act alone. */
const kind = <P>(one: Kind<P>): Kind<unknown> => ({
  ...one,
  act: (world, text, chance) => one.act(world, text, chance as P),
});
const isOpen = (_: LabelWorld, { isOpen }: KnownText): boolean => isOpen;
const hasLabels = (_: LabelWorld, { isOpen, labels }: KnownText): boolean => isOpen && labels.size > 0;
const isSaved = (_: LabelWorld, text: KnownText): boolean => !text.isOpen || !text.isDirty;

async function edit(world: LabelWorld, text: KnownText, changes: readonly Replacement[]): Promise<void> {
  if (changes.length === 0) return;
  const before = text.buffer.text;
  text.edit(changes);
  world.tell(text, before, changes);
  await world.look(text, `editing ${JSON.stringify(changes)}`);
}

/** Asks for a label on words, and finds it there unless it was refused. */
async function give(
  world: LabelWorld,
  text: KnownText,
  named: { layer: string; label: string },
  span: { start: number; end: number },
): Promise<void> {
  if (!(await world.label(text, [{ kind: 'add', ...named, ...span }]))) return;
  const labels = await world.look(text, 'labelling');
  const isThere = labels.some(
    ({ layer, label: name, start, end }) =>
      layer === named.layer && name === named.label && start === span.start && end === span.end,
  );
  assert.ok(isThere, `the label ${named.label} on [${span.start}, ${span.end})`);
}

const pick = <T>(list: readonly T[], at: number): T | undefined =>
  list[Math.min(list.length - 1, Math.floor(at * list.length))];

const KINDS: Readonly<Record<string, Kind<unknown>>> = {
  type: kind({
    weight: 8,
    chance: fc.record({ at: share, text: piece }),
    can: isOpen,
    act: (world, text, { at, text: newText }) => {
      const place = placeAt(text.buffer.text, at);
      return edit(world, text, [{ start: place, end: place, newText }]);
    },
  }),
  typeAndLabel: kind({
    weight: 12,
    chance: fc.record({ at: share, word: fc.constantFrom(...WORDS), named: label, isAtEnd: fc.boolean() }),
    can: isOpen,
    act: async (world, text, { at, word, named, isAtEnd }) => {
      const start = isAtEnd ? text.buffer.length : placeAt(text.buffer.text, at);
      await edit(world, text, [{ start, end: start, newText: isAtEnd ? word : `${word} ` }]);
      await give(world, text, named, { start, end: start + word.length });
    },
  }),
  delete: kind({
    weight: 6,
    chance: fc.record({ at: share, length: fc.nat(12), text: fc.option(piece, { nil: '' }) }),
    can: isOpen,
    act: (world, text, { at, length, text: newText }) => {
      const content = text.buffer.text;
      const start = placeAt(content, at);
      const end = placeAt(content, Math.min(1, (start + length) / (content.length + 1)));
      return edit(world, text, [{ start, end: Math.max(start, end), newText }]);
    },
  }),
  deleteWord: kind({
    weight: 4,
    chance: fc.record({ at: share, text: fc.option(fc.constantFrom(...WORDS), { nil: '' }) }),
    can: isOpen,
    act: async (world, text, { at, text: newText }) => {
      const word = pick(wordsOf(text.buffer.text), at);
      if (word !== undefined) await edit(world, text, [{ ...word, newText }]);
    },
  }),
  cutIntoLabel: kind({
    weight: 4,
    chance: fc.record({ at: share, from: fc.integer({ min: -2, max: 3 }), length: fc.nat(4), text: piece }),
    can: hasLabels,
    act: async (world, text, { at, from, length, text: newText }) => {
      const label = pick(await world.look(text, 'looking for a label'), at);
      if (label === undefined) return;
      const content = text.buffer.text;
      const inside = (place: number): number => placeAt(content, Math.max(0, place) / (content.length + 1));
      const start = inside(label.start + from);
      await edit(world, text, [{ start, end: Math.max(start, inside(start + length)), newText }]);
    },
  }),
  replaceAll: kind({
    weight: 2,
    chance: fc.record({ from: fc.constantFrom('Ada', 'e', ' ', '.', 'Ben'), to: piece }),
    can: isOpen,
    act: (world, text, { from, to }) => {
      const places = Array.from(
        text.buffer.text.matchAll(new RegExp(from.replace('.', '\\.'), 'g')),
        (m) => m.index,
      );
      const changes = places.reverse().map((start) => ({ start, end: start + from.length, newText: to }));
      return edit(world, text, changes);
    },
  }),
  replaceWhole: kind({
    weight: 1,
    chance: fc.array(piece, { maxLength: 12 }),
    can: isOpen,
    act: (world, text, pieces) =>
      edit(world, text, [{ start: 0, end: text.buffer.length, newText: pieces.join('') }]),
  }),
  move: kind({
    weight: 2,
    chance: fc.record({ at: share, to: share }),
    can: isOpen,
    act: async (world, text, { at, to }) => {
      const word = pick(wordsOf(text.buffer.text), at);
      if (word === undefined) return;
      const moved = text.buffer.text.slice(word.start, word.end);
      const place = placeAt(text.buffer.text, to);
      if (place > word.start && place < word.end) return;
      const [cut, paste] = [
        { ...word, newText: '' },
        { start: place, end: place, newText: moved },
      ];
      await edit(world, text, place >= word.end ? [paste, cut] : [cut, paste]);
    },
  }),
  undo: kind({
    weight: 14,
    chance: fc.integer({ min: 1, max: 4 }),
    can: (_, text) => text.isOpen && text.buffer.canUndo,
    act: (world, text, times) => history(world, text, times, 'undo'),
  }),
  redo: kind({
    weight: 8,
    chance: fc.integer({ min: 1, max: 4 }),
    can: (_, text) => text.isOpen && text.buffer.canRedo,
    act: (world, text, times) => history(world, text, times, 'redo'),
  }),
  label: kind({
    weight: 16,
    chance: fc.record({ at: share, named: label, more: fc.nat(2) }),
    can: isOpen,
    act: async (world, text, { at, named, more }) => {
      const words = wordsOf(text.buffer.text);
      const first = pick(words, at);
      if (first === undefined) return;
      const last = words[Math.min(words.length - 1, words.indexOf(first) + more)];
      await give(world, text, named, { start: first.start, end: last.end });
    },
  }),
  relabel: kind({
    weight: 3,
    chance: fc.record({ at: share, named: label }),
    can: hasLabels,
    act: async (world, text, { at, named }) => {
      const known = pick([...text.labels.values()], at);
      if (known === undefined || known.layer !== named.layer) return;
      await world.label(text, [{ kind: 'change', id: known.id, label: named.label }]);
    },
  }),
  resize: kind({
    weight: 3,
    chance: fc.record({ at: share, to: share }),
    can: hasLabels,
    act: async (world, text, { at, to }) => {
      const known = pick([...text.labels.values()], at);
      const word = pick(wordsOf(text.buffer.text), to);
      if (known !== undefined && word !== undefined)
        await world.label(text, [{ kind: 'change', id: known.id, ...word }]);
    },
  }),
  remove: kind({
    weight: 2,
    chance: share,
    can: hasLabels,
    act: async (world, text, at) => {
      const known = pick([...text.labels.values()], at);
      if (known !== undefined) await world.label(text, [{ kind: 'remove', id: known.id }]);
    },
  }),
  undoLabels: kind({
    weight: 4,
    chance: fc.boolean(),
    can: isOpen,
    act: (world, text, isUndo) => world.undoLabels(text, isUndo),
  }),
  save: kind({
    weight: 6,
    chance: fc.constant(null),
    can: (_, text) => text.isOpen && isWellFormed(text.buffer.text),
    act: (world, text) => world.save(text),
  }),
  close: kind({
    weight: 2,
    chance: fc.constant(null),
    can: isOpen,
    act: (world, text) => world.close(text),
  }),
  open: kind({
    weight: 8,
    chance: fc.constant(null),
    can: (_, text) => !text.isOpen,
    act: (world, text) => world.open(text),
  }),
  changeLanguage: kind({
    weight: 1,
    chance: fc.constant(null),
    can: isOpen,
    act: (world, text) => world.changeLanguage(text),
  }),
  rename: kind({
    weight: 1,
    chance: fc.record({ folder: fc.constantFrom('', 'sub/', '..sub/', 'a b/'), isFileFirst: fc.boolean() }),
    can: isSaved,
    act: (world, text, { folder, isFileFirst }) =>
      world.rename(
        text,
        `${folder}${text.name.replace(/^.*\//, '').replace(/^\d*/, (n) => `${Number(n) + 1}`)}`,
        isFileFirst,
      ),
  }),
  writeElsewhere: kind({
    weight: 2,
    chance: fc.record({ at: share, text: fc.constantFrom(...PIECES.filter(isWellFormed)) }),
    can: (_, text) => !text.isOpen,
    act: async (world, text, { at, text: newText }) => {
      const place = placeAt(text.disk.text, at);
      world.writeElsewhere(text, [{ start: place, end: place, newText }]);
    },
  }),
  labelElsewhere: kind({
    weight: 2,
    chance: fc.record({ at: share, named: label }),
    can: isSaved,
    act: async (world, text, { at, named }) => {
      const word = pick(wordsOf(text.disk.text), at);
      if (word !== undefined) await world.labelElsewhere(text, { kind: 'add', ...named, ...word });
    },
  }),
  breakLine: kind({
    weight: 1,
    chance: fc.constantFrom(...BROKEN),
    can: (_, text) => text.labels.size > 0,
    act: (world, text, line) => world.breakLine(text, line),
  }),
  stall: kind({
    weight: 1,
    chance: fc.record({ at: share, to: share, spin: fc.integer({ min: 0, max: 8 }) }),
    can: (_, text) => text.isOpen && !text.isDirty,
    act: async (world, text, { at, to, spin }) => {
      const words = wordsOf(text.disk.text);
      const [mine, theirs] = [pick(words, at), pick(words, to)];
      if (mine === undefined || theirs === undefined) return;
      const add = { kind: 'add', label: 'BOAT', layer: 'ships' } as const;
      await world.stall(text, { ...add, ...mine, label: 'SHIP' }, { ...add, ...theirs }, spin);
    },
  }),
  kill: kind({
    weight: 1,
    chance: fc.constant(null),
    can: () => true,
    act: (world) => world.kill(),
  }),
  killWhileLabelling: kind({
    weight: 1,
    chance: fc.record({ at: share, named: label }),
    can: isOpen,
    act: async (world, text, { at, named }) => {
      const word = pick(wordsOf(text.buffer.text), at);
      if (word !== undefined) await world.killWhileLabelling(text, { kind: 'add', ...named, ...word });
    },
  }),
};

async function history(
  world: LabelWorld,
  text: KnownText,
  times: number,
  which: 'undo' | 'redo',
): Promise<void> {
  for (let i = 0; i < times; i++) {
    const before = text.buffer.text;
    const changes = which === 'undo' ? text.undo() : text.redo();
    if (changes.length === 0) return;
    world.tell(text, before, changes);
    await world.look(text, which);
  }
}

/** Which of the texts a command is for, and what else chance says. */
class Command implements fc.AsyncCommand<LabelWorld, LabelWorld> {
  constructor(
    readonly name: string,
    readonly of: Kind<unknown>,
    readonly text: number,
    readonly chance: unknown,
  ) {}

  check(world: Readonly<LabelWorld>): boolean {
    return this.of.can(world as LabelWorld, world.texts[this.text]);
  }

  async run(_: LabelWorld, world: LabelWorld): Promise<void> {
    await this.of.act(world, world.texts[this.text], this.chance);
  }

  toString(): string {
    return `${this.name}(text ${this.text}, ${JSON.stringify(this.chance)})`;
  }
}

/** Command sequences, in which what happens often is often. */
export function labelCommands(
  texts: number,
  maxCommands: number,
): fc.Arbitrary<Iterable<fc.AsyncCommand<LabelWorld, LabelWorld, false>>> {
  const commands = Object.entries(KINDS)

    .flatMap(([name, of]) =>
      Array.from({ length: of.weight }, () =>
        fc.tuple(fc.nat(texts - 1), of.chance).map(([text, chance]) => new Command(name, of, text, chance)),
      ),
    );
  return fc.commands<LabelWorld, LabelWorld, false>(commands, { maxCommands, size: 'max' });
}
