import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Label } from '../../models/annotations/label';
import { foreignFiles } from '../models/formats/foreignFiles';
import { runGlossator, type Outcome } from './runGlossator';

describe('glossator convert', { concurrency: 2 }, () => {
  let folder: string;
  const at = (...parts: string[]): string => join(folder, ...parts);
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'glossator-'));
    await writeFile(at('one.txt'), '😀 Ada met\r\nMary Byron.\r\n');
    await writeFile(
      at('one.ann'),
      'T1\tPER 2 5\tAda\n#1\tAnnotatorNotes T1\tsure\nT2\tPER 11 21\tMary Byron\n',
    );
  });
  after(() => rm(folder, { recursive: true }));

  const convert = (...args: string[]): Promise<Outcome> => runGlossator(['convert', ...args]);
  const converted = async (...args: string[]): Promise<Outcome> => {
    const outcome = await convert(...args);
    assert.equal(outcome.status, 0, outcome.stderr);
    return outcome;
  };
  const labelsOf = async (file: string): Promise<Label[]> =>
    (await readFile(file, 'utf8'))
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => JSON.parse(line) as Label);

  it('tells formats by name and content, and prints what is one file', async () => {
    const { stdout, stderr } = await converted(at('one.ann'), '--to', 'prodigy', '--lossy');
    assert.deepEqual(JSON.parse(stdout), {
      text: '😀 Ada met\r\nMary Byron.\r\n',
      spans: [
        { start: 2, end: 5, label: 'PER' },
        { start: 11, end: 21, label: 'PER' },
      ],
      answer: 'accept',
    });
    assert.equal(stderr, 'No place for notes: 1.\n1 text with 2 labels converted to prodigy.\n');
  });

  it('refuses what would be lost, and says it', async () => {
    const { status, stdout, stderr } = await convert(at('one.ann'), '--to', 'doccano');
    assert.deepEqual([status, stdout], [2, '']);
    assert.equal(
      stderr,
      'No place for notes: 1.\nThe format doccano cannot hold everything, so nothing is written. Add --lossy to leave out what is listed above.\n',
    );
  });

  it('lists labels that do not fit, with places and choices', async () => {
    const file = at('ragged.jsonl');
    await writeFile(file, '{"text":"One.\\nAda Lovelace wrote.","label":[[9,13,"PER"],[5,17,"PER"]]}\n');
    const { status, stdout, stderr } = await convert(file, '--to', 'conll2003');
    assert.deepEqual([status, stdout], [2, '']);
    assert.match(
      stderr,
      /^ragged:2:5: The label PER begins or ends inside a token\. "Love"\nChoose --misaligned out \| split \| skip\.\n/,
    );
    assert.match(stderr, /1 label does not fit conll2003, so nothing is written\./);
    const chosen = await convert(
      file,
      '--to',
      'bilou',
      '--misaligned',
      'out',
      '--overlaps',
      'longest',
      '--dry-run',
    );
    assert.equal(chosen.status, 0);
    assert.equal(chosen.stdout, '');
    assert.match(
      chosen.stderr,
      /No place for overlapping labels, as chosen: 1\.\n.*Nothing is written\. It would be standard output\./s,
    );
    assert.match(
      (await convert(file, '--to', 'bilou', '--misaligned', 'split', '--overlaps', 'shortest')).stdout,
      /^Ada\tO\nLove\tU-PER\nlace\tO$/m,
    );
  });

  it('brings labels into a project and out again, and a second time adds none', async () => {
    await mkdir(at('project', '.glossator'), { recursive: true });
    await converted(
      at('one.ann'),
      '--to',
      'glossator',
      '--out',
      at('project', 'texts'),
      '--annotator',
      'mary',
    );
    const sidecar = at('project', '.glossator', 'annotations', 'texts', 'one.txt.jsonl');
    const labels = await labelsOf(sidecar);
    assert.deepEqual(
      labels.map(({ layer, label, quote, note, annotator, state }) => [
        layer,
        label,
        quote,
        note,
        annotator,
        state,
      ]),
      [
        ['ner', 'PER', 'Ada', 'sure', 'mary', 'confirmed'],
        ['ner', 'PER', 'Mary Byron', undefined, 'mary', 'confirmed'],
      ],
    );
    await converted(at('one.ann'), '--to', 'glossator', '--out', at('project', 'texts'));
    assert.deepEqual(await labelsOf(sidecar), labels);
    await converted(at('project', 'texts', 'one.txt'), '--to', 'brat', '--out', at('again/'));
    assert.equal(await readFile(at('again', 'one.txt'), 'utf8'), await readFile(at('one.txt'), 'utf8'));
    assert.equal(
      await readFile(at('again', 'one.ann'), 'utf8'),
      'T1\tPER 2 5\tAda\n#1\tAnnotatorNotes T1\tsure\nT2\tPER 11 21\tMary Byron\n',
    );
  });

  it('finds labels again where the text was changed meanwhile, and reports those it cannot', async () => {
    const place = at('changed');
    await mkdir(place);
    const text = '😀 When I saw Ada in the garden, she was reading. Later her mother came by.\n';
    const file = join(place, 'x.jsonl');
    await writeFile(
      file,
      `${JSON.stringify({
        text,
        label: [
          [14, 17, 'PER'],
          [56, 66, 'PER'],
        ],
      })}\n`,
    );
    await converted(file, '--to', 'glossator', '--out', place);
    await writeFile(join(place, 'x.txt'), `Now, ${text.replace('her mother', 'an old friend of his')}`);
    const { stderr } = await convert(join(place, 'x.txt'), '--to', 'prodigy');
    assert.match(stderr, /No place for labels that wait for review: 1\./);
    const { stdout } = await converted(join(place, 'x.txt'), '--to', 'prodigy', '--lossy');
    assert.deepEqual((JSON.parse(stdout) as { spans: unknown }).spans, [
      { start: 18, end: 21, label: 'PER' },
    ]);
  });

  it('gives each input its file in a folder, and one file for all otherwise', async () => {
    for (const name of ['a', 'b']) await writeFile(at(`${name}.bioes`), `${name}\tS-X\n\n`);
    await converted(at('a.bioes'), at('b.bioes'), '--to', 'doccano', '--out', at('each/'));
    assert.deepEqual(readdirSync(at('each')).sort(), ['a.jsonl', 'b.jsonl']);
    await converted(at('a.bioes'), at('b.bioes'), '--to', 'doccano', '--out', at('all.jsonl'));
    assert.equal(
      await readFile(at('all.jsonl'), 'utf8'),
      '{"text":"a\\n","label":[[0,1,"X"]]}\n{"text":"b\\n","label":[[0,1,"X"]]}\n',
    );
    await converted(at('all.jsonl'), '--to', 'webanno-tsv', '--out', at('tsv/'));
    assert.deepEqual(readdirSync(at('tsv')).sort(), ['all-1.tsv', 'all-2.tsv']);
  });

  it('keeps files that exist, unless forced', async () => {
    await writeFile(at('kept.jsonl'), 'mine\n');
    const args = [at('one.ann'), '--to', 'prodigy', '--lossy', '--out', at('kept.jsonl')];
    const { status, stderr } = await convert(...args);
    assert.equal(status, 2);
    assert.match(stderr, /kept\.jsonl: The file exists with other content\. Add --force to replace it/);
    assert.equal(await readFile(at('kept.jsonl'), 'utf8'), 'mine\n');
    await converted(...args, '--force');
    assert.match(await readFile(at('kept.jsonl'), 'utf8'), /^\{"text"/);
  });

  it('gives back files of other programs as they were', async () => {
    for (const [k, { format, name, content, companion }] of foreignFiles.entries()) {
      const place = at(`foreign-${k}`);
      await mkdir(place);
      const file = join(place, name);
      await writeFile(file, content);
      if (companion !== undefined) await writeFile(file.replace(/\.ann$/, '.txt'), companion);
      const out = join(place, 'out') + (companion === undefined ? name : '/');
      await converted(file, '--to', format, '--out', out);
      assert.equal(await readFile(companion === undefined ? out : join(out, name), 'utf8'), content, name);
    }
  });

  it('reads standard input', async () => {
    const { stdout } = await runGlossator(['convert', '-', '--from', 'bioes', '--to', 'bilou'], 'a\tS-X\n');
    assert.equal(stdout, 'a\tU-X\n\n');
  });

  it('refuses bad input with status 2 and one sentence', async () => {
    await cp(at('one.ann'), at('alone.ann'));
    await writeFile(at('unclear.xyz'), 'some text\n');
    await writeFile(at('broken.jsonl'), '{"text":"a","label":[[0,9,"X"]]}\n');
    const table: [args: string[], message: RegExp][] = [
      [[at('gone.conllu'), '--to', 'brat'], /gone\.conllu: There is no such file\./],
      [
        [at('alone.ann'), '--to', 'bilou'],
        /alone\.ann: The text of the annotations is missing\. Put alone\.txt beside it\./,
      ],
      [
        [at('unclear.xyz'), '--to', 'bilou'],
        /unclear\.xyz: The format of the file is not clear\. Name it with --from\./,
      ],
      [
        [at('broken.jsonl'), '--to', 'bilou'],
        /broken\.jsonl:1: The label X is at 0–9, and the text has 1 characters\./,
      ],
      [[at('one.ann'), '--to', 'brat'], /This makes 2 files\. Name a folder with --out/],
      [[at('one.ann'), '--to', 'glossator'], /Texts with labels go into a folder\. Name one with --out\./],
      [
        [at('one.ann'), '--to', 'glossator', '--out', at('one.txt')],
        /one\.txt: This is a file, not a folder\./,
      ],
      [
        [at('one.ann'), '--to', 'doccano', '--lossy', '--out', at('no', 'x.jsonl')],
        /no: There is no such folder\. Make it first\./,
      ],
      [[at('one.ann'), '--to', 'doccano', '--layer', 'a,,b'], /A name in --layer is empty\./],
      [[at('one.ann'), '--to', 'xml'], /'xml' is invalid.*webanno-tsv/],
      [[at('one.ann')], /required option '--to <format>'/],
    ];
    for (const [args, message] of table) {
      const { status, stdout, stderr } = await convert(...args);
      assert.deepEqual([status, stdout], [2, ''], `${args.join(' ')}\n${stderr}`);
      assert.match(stderr, message);
      assert.doesNotMatch(stderr, /\n {4}at /);
    }
  });

  it('does not put labels on another text of the same name', async () => {
    await mkdir(at('taken'));
    await writeFile(at('taken', 'one.txt'), 'Another text.\n');
    const { status, stderr } = await convert(at('one.ann'), '--to', 'glossator', '--out', at('taken'));
    assert.equal(status, 2);
    assert.match(stderr, /one\.txt: The file exists with another text, which its labels would not fit\./);
    assert.equal(await readFile(at('taken', 'one.txt'), 'utf8'), 'Another text.\n');
  });
});
