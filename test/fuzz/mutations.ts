import * as fc from 'fast-check';

/*
 * Damage to files that were whole: what a broken disk, a careless script or an attacker does. Every kind takes a
 * random number for a place, so that a damage can be applied to whatever file it is tried on, and shrinks to none.
 */

/** Numbers at the borders of what programs count with. */
const NUMBERS = [
  ...['0', '-1', '1', '0.5', '1e308', '-1e308', '1e-320', '2147483648', '4294967295', '600000000'],
  ...[
    '9007199254740993',
    '99999999999999',
    '18446744073709551616',
    'NaN',
    'Infinity',
    '007',
    '1'.repeat(400),
  ],
];

/** Texts that mean something to a language, a format or a file system. */
const WORDS = [
  ...[
    '',
    '\0',
    '\ud800',
    '\ufeff',
    '\u2028',
    '\r',
    '\n',
    '\r\n',
    '\n\n',
    '\t',
    ' ',
    '  ',
    '_',
    '*',
    '|',
    ';',
    '#',
  ],
  ...['-', '->', '\\', '\\u0000', '[1]', '[', ']', '{', '}', '"', "'", '<', '@', '=', 'null', 'true'],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'B-',
    'I-',
    'O',
    'B-constructor',
    '-DOCSTART-',
  ],
  ...['../../etc/passwd', '/etc/passwd', 'C:\\', 'CON', '.', '..', '#Text=', '# newdoc id = ', 'T1', 'R1'],
  ...['👩‍🔬', 'n\u0303', 'שלום', 'x'.repeat(300), '['.repeat(3000)],
];

const place = fc.nat(0x7fffffff);
const size = fc.integer({ min: 1, max: 64 });

type Change<T> = (value: T) => T;

function several<T>(start: fc.Arbitrary<T>, change: fc.Arbitrary<Change<T>>, most: number): fc.Arbitrary<T> {
  return fc
    .tuple(start, fc.array(change, { maxLength: most }))
    .map(([value, changes]) => changes.reduce((so, one) => one(so), value));
}

/** At most so many bytes or characters come out of repetitions. */
const LARGEST = 100_000;

const bytesChange: fc.Arbitrary<Change<Buffer>> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(place, fc.nat(7)).map(([at, bit]) => flipped(at, bit)) },
  { weight: 3, arbitrary: fc.tuple(place, fc.nat(255)).map(([at, byte]) => written(at, Buffer.of(byte))) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        place,
        fc.constantFrom(0n, 1n, 0x7fn, 0xffffn, 0x7fffffffn, 0xffffffffn, 1n << 53n, (1n << 64n) - 1n),
      )
      .chain(([at, value]) =>
        fc.constantFrom(2, 4, 8).map((width) => {
          const bytes = Buffer.alloc(8);
          bytes.writeBigUInt64LE(value);
          return written(at, bytes.subarray(0, width));
        }),
      ),
  },
  {
    weight: 2,
    arbitrary: place.map(
      (at): Change<Buffer> =>
        (b) =>
          b.subarray(0, b.length && at % b.length),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(place, size).map(([at, length]): Change<Buffer> => (b) => {
      const from = b.length && at % b.length;
      return Buffer.concat([b.subarray(0, from), b.subarray(from + length)]);
    }),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(place, size, fc.constantFrom(1, 1, 2, 2, 100, 5000))
      .map(([at, length, times]): Change<Buffer> => (b) => {
        const from = b.length && at % b.length;
        const piece = b.subarray(from, from + length);
        const copies = Array<Buffer>(Math.min(times, Math.ceil(LARGEST / (piece.length || 1)))).fill(piece);
        return Buffer.concat([b.subarray(0, from), ...copies, b.subarray(from)]);
      }),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(place, fc.uint8Array({ maxLength: 16 })).map(([at, bytes]) => written(at, bytes)),
  },
);

function written(at: number, bytes: Uint8Array): Change<Buffer> {
  return (before) => {
    const after = Buffer.from(before);
    for (const [k, byte] of bytes.entries()) if (after.length > 0) after[(at + k) % after.length] = byte;
    return after;
  };
}

function flipped(at: number, bit: number): Change<Buffer> {
  return (before) =>
    before.length === 0 ? before : written(at, Buffer.of(before[at % before.length] ^ (1 << bit)))(before);
}

/** Files of bytes with up to eight damages. */
export function damagedBytes(files: readonly Buffer[]): fc.Arbitrary<Buffer> {
  return several(fc.constantFrom(...files), bytesChange, 8);
}

const number = fc.oneof(fc.constantFrom(...NUMBERS), fc.integer().map(String), fc.nat(40).map(String));
const word = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...WORDS, ...NUMBERS) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
);

/** What a damage of a text looks for, and what comes in its place. */
const textChange: fc.Arbitrary<Change<string>> = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(place, number).map(([at, to]) => replaced(/\d+/, at, () => to)) },
  { weight: 2, arbitrary: fc.tuple(place, word).map(([at, to]) => replaced(/[^\s|;,:"]+/, at, () => to)) },
  {
    weight: 2,
    arbitrary: fc.tuple(place, word).map(([at, to]) => replaced(/[\s|;,:"=[\]{}-]/, at, () => to)),
  },
  { weight: 2, arbitrary: fc.tuple(place, word).map(([at, to]) => replaced(/(?:)/, at, () => to)) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(place, fc.constantFrom(0, 2, 2, 2, 2, 2, 5, 100, 20_000))
      .map(([at, times]) => replaced(/\n[^\n]*/, at, repeated(times))),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(place, fc.constantFrom(2, 2, 2, 2, 10, 1000, 100_000))
      .map(([at, times]) => replaced(/\S+\s?/, at, repeated(times))),
  },
  {
    weight: 1,
    arbitrary: place.map(
      (at): Change<string> =>
        (text) =>
          text.slice(0, at % (text.length + 1)),
    ),
  },
  { weight: 1, arbitrary: fc.constant<Change<string>>((text) => text.replace(/\r?\n/g, '\r\n')) },
  {
    weight: 1,
    arbitrary: fc.tuple(place, place).map(([a, b]): Change<string> => (text) => {
      const lines = text.split('\n');
      const [from, to] = [a % lines.length, b % lines.length];
      [lines[from], lines[to]] = [lines[to], lines[from]];
      return lines.join('\n');
    }),
  },
);

const repeated =
  (times: number) =>
  (piece: string): string =>
    piece.repeat(Math.min(times, Math.ceil(LARGEST / piece.length)));

/** A text with one match of a pattern replaced: the first behind a place. */
function replaced(pattern: RegExp, at: number, to: (match: string) => string): Change<string> {
  return (text) => {
    if (text.length > 2 * LARGEST) return text;
    const search = new RegExp(pattern, 'g');
    search.lastIndex = at % (text.length + 1);
    const found = search.exec(text) ?? pattern.exec(text);
    return found
      ? text.slice(0, found.index) + to(found[0]) + text.slice(found.index + found[0].length)
      : text;
  };
}

/** Texts with up to six damages. */
export function damagedText(texts: readonly string[]): fc.Arbitrary<string> {
  return several(fc.constantFrom(...texts), textChange, 6);
}

/** Stands in JSON for what JSON.stringify cannot write. */
const RAW = '@@raw@@';
const RAW_VALUES = [
  '['.repeat(50_000) + ']'.repeat(50_000),
  '{"a":'.repeat(9000) + '1' + '}'.repeat(9000),
  '1e999',
];

const value: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    '',
    0,
    -1,
    0.5,
    1e308,
    2 ** 31,
    2 ** 53,
    600_000_000,
    [],
    {},
    [[]],
    [null],
  ),
  fc.constantFrom(...WORDS),
  fc.integer(),
  fc.double(),
  fc.nat(RAW_VALUES.length - 1).map((k) => `${RAW}${k}${RAW}`),
  fc.constantFrom(1000, 30_000).map((length) => Array.from({ length }, (_, k) => k)),
);

type Path = readonly string[];

/** A way down into JSON, other for other numbers, which ends at each level with some probability. */
function pathIn(json: unknown, which: number): Path {
  const path: string[] = [];
  for (let [inner, state] = [json, which]; typeof inner === 'object' && inner !== null;) {
    const keys = Object.keys(inner);
    if (keys.length === 0 || state % 5 === 0) break;
    state = (Math.imul(state, 0x5bd1e995) ^ (state >>> 13)) >>> 0;
    const key = keys[state % keys.length];
    path.push(key);
    inner = (inner as Record<string, unknown>)[key];
  }
  return path;
}

/** JSON with the value at a path changed; `change` says undefined to take it out. */
function at(json: unknown, [key, ...rest]: Path, change: Change<unknown>): unknown {
  if (key === undefined) return change(json);
  if (Array.isArray(json)) {
    const made = at((json as unknown[])[Number(key)], rest, change);
    return json.flatMap((item: unknown, k) =>
      k !== Number(key) ? [item] : made === undefined ? [] : [made],
    );
  }
  const entries = Object.entries(json as object).map(([name, item]: [string, unknown]) => [
    name,
    name === key ? at(item, rest, change) : item,
  ]);
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined)); // __proto__ is a key like others
}

const jsonChange: fc.Arbitrary<Change<unknown>> = fc
  .tuple(
    place,
    fc.oneof(
      {
        weight: 4,
        arbitrary: value.map(
          (to): Change<unknown> =>
            () =>
              to,
        ),
      },
      { weight: 1, arbitrary: fc.constant<Change<unknown>>(() => undefined) },
      {
        weight: 2,
        arbitrary: fc.tuple(word, value).map(
          ([key, item]): Change<unknown> =>
            (before) =>
              typeof before === 'object' && before !== null && !Array.isArray(before)
                ? Object.fromEntries([...Object.entries(before), [key, item]])
                : before,
        ),
      },
      {
        weight: 2,
        arbitrary: fc.constantFrom(2, 2, 300, 1000).map(
          (times): Change<unknown> =>
            (before) =>
              Array.isArray(before) && before.length > 0
                ? Array.from(
                    { length: Math.min(times, 20_000) },
                    (_, k) => before[k % before.length] as unknown,
                  )
                : before,
        ),
      },
      {
        weight: 1,
        arbitrary: fc.tuple(place, word).map(([which, name]): Change<unknown> => (before) => {
          if (typeof before !== 'object' || before === null || Array.isArray(before)) return before;
          const entries = Object.entries(before);
          if (entries.length > 0) entries[which % entries.length][0] = name;
          return Object.fromEntries(entries);
        }),
      },
    ),
  )
  .map(([which, change]): Change<unknown> => (json) => {
    return at(json, pathIn(json, which), change) ?? null;
  });

/** JSON values with up to five damages, which leave them JSON, as text. */
export function damagedJson(values: readonly unknown[]): fc.Arbitrary<string> {
  return several(fc.constantFrom(...values), jsonChange, 5).map(jsonText);
}

/** No larger than what a reader is ever given: the door to files has limits of its own. */
function jsonText(json: unknown): string {
  const raw = new RegExp(`"${RAW}(\\d)${RAW}"`, 'g');
  let times = 0;
  return JSON.stringify(json)
    .slice(0, 20 * LARGEST)
    .replace(raw, (_, k: string) => (times++ < 3 ? RAW_VALUES[Number(k)] : 'null'));
}
