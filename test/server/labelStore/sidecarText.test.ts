import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatLabelLine } from '../../../models/annotations/labelLine';
import { InputError } from '../../../models/errors';
import { FileRefused } from '../../../models/data/workspaceWalls';
import { hasConflict, resolveConflict } from '../../../server/labelStore/resolveConflict';
import { ChangedMeanwhile } from '../../../server/labelStore/sidecarFile';
import { savingError } from '../../../server/labelStore/savingError';
import {
  formatSidecar,
  HEADER,
  mergeUnread,
  parseSidecar,
  SidecarError,
  type UnreadLine,
} from '../../../server/labelStore/sidecarText';
import { sampleOf } from '../../models/annotations/sampleLabel';

const TEXT = 'Ada Lovelace met Charles Babbage in London.';
const [ada, charles, london] = ['Ada', 'Charles', 'London'].map((words) =>
  sampleOf(TEXT, words, { id: words }),
);
const [lineA, lineC, lineL] = [ada, charles, london].map((label) => formatLabelLine(label));
const file = 'a.jsonl';

const unread = (text: string): UnreadLine => ({
  text,
  after: undefined,
  problem: new SidecarError('line', 'It is none.', {}, 'Mend it.'),
});

describe('an annotation file', () => {
  it('may have blank lines anywhere, also before its header, and lines that end in CR LF', () => {
    for (const lineEnd of ['\n', '\r\n']) {
      const text = ['', '  ', HEADER, '', lineA, '\t', lineL, ''].join(lineEnd);
      const { labels, problems, lineOf } = parseSidecar(text, file);
      assert.deepEqual([labels, problems], [[ada, london], []]);
      assert.deepEqual(
        [...lineOf],
        [
          ['Ada', 5],
          ['London', 7],
        ],
      );
    }
    const nothing = { labels: [], unread: [], problems: [], lineOf: new Map() };
    assert.deepEqual(parseSidecar(' \n\n', file), nothing);
  });

  it('of another kind is refused, and so is one of a newer version', () => {
    for (const [content, fault] of [
      ['null', 'header'],
      ['7', 'header'],
      ['"glossator-annotations"', 'header'],
      ['Dear Ada,\nthank you.', 'header'],
      ['{"format":"other","version":2}', 'header'],
      ['{"format":"glossator-annotations","version":2}', 'version'],
      [`{"format":"glossator-annotations","version":99}\n${lineA}`, 'version'],
      [`${HEADER}\n<<<<<<< HEAD\n${lineA}`, 'conflict'],
    ])
      assert.throws(
        () => parseSidecar(content, file),
        (error: unknown) =>
          error instanceof SidecarError && error.fault === fault && error.place.file === file,
        content,
      );
  });

  it('of another format is one of annotations where labels follow', () => {
    const { labels, problems } = parseSidecar(`{"format":"other","version":9}\n${lineA}`, file);
    assert.deepEqual([labels, problems.map(({ fault }) => fault)], [[ada], ['header', 'line']]);
  });

  it('keeps unread lines behind the label that they stood behind, in their order', () => {
    const behind = (after: typeof ada | undefined, ...texts: string[]): UnreadLine[] =>
      texts.map((text) => ({ ...unread(text), after }));
    const lines = [...behind(undefined, '1', '2'), ...behind(ada, '3', '4'), ...behind(charles, '5')];
    const all = formatSidecar([london, charles, ada], undefined, lines);
    assert.deepEqual(all.split('\n'), [HEADER, '1', '2', lineA, '3', '4', lineC, '5', lineL, '']);
    const without = formatSidecar([london, ada], undefined, lines);
    assert.deepEqual(without.split('\n'), [HEADER, '1', '2', lineA, '3', '4', '5', lineL, '']);
    assert.equal(formatSidecar([]), `${HEADER}\n`);
  });
});

describe('lines that are no labels, of two versions', () => {
  /** What both had, what each has, and what is kept. */
  for (const [base, mine, theirs, kept] of [
    ['', 'a', 'b', 'ab'],
    ['', 'a', 'a', 'a'],
    ['ab', 'a', 'b', ''],
    ['ab', 'ab', 'b', 'b'],
    ['a', 'a', 'ab', 'ab'],
    ['a', 'ab', 'a', 'ab'],
    ['a', '', 'a', ''],
    ['a', 'a', '', ''],
  ])
    it(`${base || '-'}: ${mine || '-'} and ${theirs || '-'} are ${kept || '-'}`, () => {
      const lines = (texts: string): UnreadLine[] => [...texts].map(unread);
      const merged = mergeUnread(lines(base), lines(mine), lines(theirs));
      assert.equal(merged.map(({ text }) => text).join(''), kept);
    });
});

describe('an annotation file that git could not merge', () => {
  const resolved = (...lines: string[]): string[] =>
    resolveConflict([HEADER, ...lines].join('\n'), file).labels.map(({ id }) => id);

  it('has what stands on either side, and what both have', () => {
    const text = [lineA, '<<<<<<< HEAD', lineC, '=======', lineL, '>>>>>>> theirs'];
    assert.deepEqual(resolved(...text), ['Ada', 'Charles', 'London']);
    assert.deepEqual(resolved(...text.slice(1), lineA), ['Charles', 'Ada', 'London']);
    assert.deepEqual(resolved('<<<<<<<<< HEAD', lineC, '=========', lineL, '>>>>>>>>> t'), [
      'Charles',
      'London',
    ]);
  });

  it('lacks what one side took away of what both had', () => {
    const text = ['<<<<<<< HEAD', lineC, '||||||| base', lineC, lineL, '=======', lineL, '>>>>>>> theirs'];
    assert.deepEqual(resolved(...text, lineA), ['Ada']);
  });

  it('may hold an unfinished merge in what both had: neither side of that is taken away', () => {
    const inner = ['<<<<<<<<< one', lineC, '=========', lineL, '>>>>>>>>> two'];
    const text = ['<<<<<<< HEAD', lineA, '||||||| base', ...inner, '=======', lineA, '>>>>>>> theirs'];
    assert.deepEqual(resolved(...text), ['Ada']);
    const other = formatLabelLine({ ...charles, label: 'LOC' });
    for (const said of [
      [lineC, other],
      [other, lineC],
    ]) {
      const twice = ['||||||| base', ...said, 'no label', '=======', '>>>>>>> theirs'];
      assert.deepEqual(resolved('<<<<<<< HEAD', lineC, ...twice), ['Charles'], 'it said two things of it');
    }
    const once = ['||||||| base', lineC, lineC, '=======', '>>>>>>> theirs'];
    assert.deepEqual(resolved('<<<<<<< HEAD', lineC, ...once), []);
  });

  it('is told by its markers alone', () => {
    for (const [content, isOne] of [
      [`${HEADER}\n<<<<<<< HEAD`, true],
      [`${HEADER}\n=======`, true],
      [`${HEADER}\n>>>>>>>> x\n`, true],
      [`${HEADER}\n<<<<<< HEAD`, false],
      [`${HEADER}\n<<<<<<<HEAD`, false],
      [`${HEADER}\n x <<<<<<< HEAD`, false],
    ] as const)
      assert.equal(hasConflict(content), isOne, content);
  });
});

describe('labels that could not be saved', () => {
  const system = (code: string): Error => Object.assign(new Error(`${code}: it failed`), { code });

  it('are kept, says one sentence that names the file and what helps', () => {
    for (const [error, message, remedy] of [
      [system('ENOSPC'), /disk is full/, /free some space/],
      [system('EDQUOT'), /disk is full/, /free some space/],
      [system('EACCES'), /no permission to write/, /permissions/],
      [system('EPERM'), /no permission to write/, /permissions/],
      [system('EROFS'), /no permission to write/, /permissions/],
      [system('EIO'), /could not be saved: [a-z]/, /save again/],
      [system('EODD'), /could not be saved: .*it failed\./, /save again/],
      [new ChangedMeanwhile(), /keeps changing the annotation file\.$/, /save again when/],
      [new FileRefused('It is a link.', { file }, 'Replace it.'), /could not be saved: It is/, /Replace it/],
      [new SidecarError('unreadable', 'It is a folder.', { file }, 'Move it.'), /saved: It is/, /Move it/],
    ] as const) {
      const said = savingError(error, file);
      assert.ok(said instanceof InputError, String(error));
      assert.match(said.message, message);
      assert.match(said.remedy ?? '', remedy);
      assert.match(said.remedy ?? '', /kept in memory/);
      assert.equal(said.place.file, file);
    }
  });

  it('for a reason that says what to do, or for none of the disk, say just that', () => {
    for (const error of [
      new InputError('No.'),
      new SidecarError('version', 'It is newer.', {}, 'Update.'),
      new TypeError('x'),
    ])
      assert.equal(savingError(error, file), error);
  });
});
