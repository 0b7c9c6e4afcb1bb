import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Outcome, runGlossator } from './runGlossator';

describe('glossator convert with files of other programs', { concurrency: 2 }, () => {
  let folder: string;
  const at = (...parts: string[]): string => join(folder, ...parts);
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'glossator-'));
  });
  after(() => rm(folder, { recursive: true }));

  const convert = (...args: string[]): Promise<Outcome> => runGlossator(['convert', ...args]);
  /** Labels of a text of a project: what the annotation file says. */
  const labelsIn = async (file: string): Promise<string[]> =>
    (await readFile(file, 'utf8'))
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => JSON.parse(line) as { label: string; quote: string; annotator: string })
      .map(({ label, quote, annotator }) => `${label} "${quote}" by ${annotator}`);

  it('brat: finds a byte order mark and line ends in the quotes, and says so', async () => {
    await writeFile(at('mark.txt'), '\ufeffAda met\r\nBo.\r\n');
    await writeFile(at('mark.ann'), '\ufeffT1\tPER 1 4\tAda\r\nT2\tPER 9 11\tBo\r\n');
    const { status, stdout, stderr } = await convert(at('mark.ann'), '--to', 'doccano');
    assert.equal(status, 0, stderr);
    assert.deepEqual(JSON.parse(stdout), {
      text: 'Ada met\r\nBo.\r\n',
      label: [
        [0, 3, 'PER'],
        [9, 11, 'PER'],
      ],
    });
    assert.match(
      stderr,
      /mark\.ann: The offsets count code points, CR LF as one, the byte order mark too, as the quoted words show\./,
    );
  });

  it('WebAnno: brings in the good labels, and names those without text by line', async () => {
    const lines = [
      ...['#FORMAT=WebAnno TSV 3.3', '#T_SP=webanno.custom.Gap|value', '', '', '#Text=Ada left'],
      ...['1-1\t0-3\tAda\tPER\t', '1-1.1\t0-0\t\tX\t', '1-2\t4-8\tleft\t_\t', ''],
    ];
    await writeFile(at('gap.tsv'), lines.join('\n'));
    const { status, stderr } = await convert(at('gap.tsv'), '--to', 'glossator', '--out', at('gaps'));
    assert.equal(status, 1);
    assert.match(stderr, /gap\.tsv:7: The label X \(Gap\) at 0 covers no text/);
    assert.deepEqual(await labelsIn(at('gaps', '.glossator', 'annotations', 'gap.txt.jsonl')), [
      'PER "Ada" by import',
    ]);
  });

  it('Label Studio: two annotators who agree are two labels, and no finding', async () => {
    const annotation = (completed_by: number): object => ({
      completed_by,
      result: [{ type: 'labels', value: { start: 0, end: 3, text: 'Ada', labels: ['PER'] } }],
    });
    await writeFile(
      at('two.json'),
      JSON.stringify([
        { id: 1, data: { text: '\ufeffAda left.' }, annotations: [annotation(1), annotation(2)] },
      ]),
    );
    const { status, stderr } = await convert(at('two.json'), '--to', 'glossator', '--out', at('two'));
    assert.equal(status, 0, stderr);
    assert.equal(await readFile(at('two', 'two.txt'), 'utf8'), 'Ada left.');
    const labels = await labelsIn(at('two', '.glossator', 'annotations', 'two.txt.jsonl'));
    assert.deepEqual(labels.sort(), ['PER "Ada" by 1', 'PER "Ada" by 2']);
    const check = await runGlossator(['check', at('two'), '--no-model']);
    assert.equal(check.stdout + check.stderr, '0 findings for 2 labels in 1 text.\n');
    // A second import adds nothing.
    await convert(at('two.json'), '--to', 'glossator', '--out', at('two'));
    assert.equal((await labelsIn(at('two', '.glossator', 'annotations', 'two.txt.jsonl'))).length, 2);
  });

  it('asks for the unit where labels behind emoji may be meant in two', async () => {
    await writeFile(at('emoji.jsonl'), '{"text":"Hi 😀 Ada left","label":[[5,8,"PER"]]}\n');
    const { status, stdout, stderr } = await convert(at('emoji.jsonl'), '--to', 'prodigy');
    assert.deepEqual([status, stdout], [2, '']);
    assert.match(
      stderr,
      /emoji\.jsonl:1: The label PER at 5–8 is " Ad" if offsets count UTF-16 code units, and "Ada" if they count code points\. Say --unit utf16 or --unit codepoints\.\n$/,
    );
    const chosen = await convert(at('emoji.jsonl'), '--unit', 'codepoints', '--to', 'conll2003');
    assert.equal(chosen.status, 0, chosen.stderr);
    assert.match(chosen.stdout, /^Ada _ _ B-PER$/m);
  });

  it('spaCy: names binary files, with the line of Python that exports them', async () => {
    await writeFile(at('train.spacy'), Buffer.from([0x78, 0x9c, 0, 1, 2, 255]));
    const { status, stderr } = await convert(at('train.spacy'), '--to', 'conll2003');
    assert.equal(status, 2);
    assert.match(
      stderr,
      /train\.spacy: A \.spacy file \(DocBin\) is binary, .* Export it in Python: .*DocBin\(\)/,
    );
  });

  it('names CSV as what is not read', async () => {
    await writeFile(at('a.csv'), 'text,label\n"Ada left","[{""start"":0,""end"":3,""labels"":[""PER""]}]"\n');
    const { status, stderr } = await convert(at('a.csv'), '--to', 'conll2003');
    assert.equal(status, 2);
    assert.match(stderr, /a\.csv: Labels in CSV are not read\. Export the project as JSON, or save a table/);
  });
});
