import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Label } from '../../models/annotations/label';
import type { Project } from '../../server/project/projectSchema';
import { runGlossator, type Outcome } from './runGlossator';

describe('what glossator convert shows, and makes of gold and of new layers', { concurrency: 2 }, () => {
  let folder: string;
  const at = (...parts: string[]): string => join(folder, ...parts);
  const convert = (...args: string[]): Promise<Outcome> => runGlossator(['convert', ...args]);
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'glossator-'));
    await writeFile(
      at('a.conll'),
      'Nora NNP B-NP B-PER\nran VBD B-VP O\n\nIn IN B-PP O\nOslo NNP B-NP B-GPE\n',
    );
    await writeFile(at('x.jsonl'), '{"text":"Nora ran.","label":[[0,4,"PER"]]}\n');
    await writeFile(
      at('quoted.json'),
      JSON.stringify([
        {
          data: { text: '😀 Nora' },
          annotations: [
            {
              result: [
                {
                  ...{ from_name: 'label', to_name: 'text', type: 'labels' },
                  value: { start: 2, end: 6, text: 'Nora', labels: ['PER'] },
                },
              ],
            },
          ],
        },
      ]),
    );
  });
  after(() => rm(folder, { recursive: true }));

  it('shows what a file is, column by column, and writes nothing', async () => {
    const out = at('shown');
    const { status, stderr } = await convert(at('a.conll'), '--to', 'glossator', '--out', out, '--dry-run');
    assert.equal(status, 0);
    assert.deepEqual(stderr.trimEnd().split('\n'), [
      `${at('a.conll')}: CoNLL-2003, IOB2, recognized by its columns. 1 text, 2 labels.`,
      '  column 1 (Nora, ran, In): the words',
      '  column 2 (NNP, VBD, IN): not taken; it could be the layer pos',
      '  column 3 (B-NP, B-VP, B-PP): not taken; it could be the layer chunk',
      '  column 4 (B-PER, O, O): layer ner',
      'Layer ner: PER 1, GPE 1. The project has no GPE in it: add it, or relabel.',
      'The columns pos, chunk can be taken as layers: --layer ner,pos,chunk.',
      `Nothing is written. It would be ${join(out, 'a.txt')}.`,
    ]);
    assert.equal(existsSync(out), false);
  });

  it('shows how offsets count, and what shows it', async () => {
    const shown = async (file: string, ...more: string[]): Promise<string> =>
      (await convert(at(file), '--to', 'conllu', '--dry-run', ...more)).stderr;
    assert.match(await shown('x.jsonl'), /offsets: the same in every unit, since no character has two\n/);
    assert.match(await shown('x.jsonl', '--unit', 'utf16'), /offsets: UTF-16 code units, as you said\n/);
    assert.match(await shown('quoted.json'), /offsets: code points, as the quoted words show\n/);
  });

  it('says what can be taken besides, whenever it takes less', async () => {
    const { status, stderr } = await convert(at('a.conll'), '--to', 'doccano');
    assert.equal(status, 0);
    assert.match(stderr, /^The columns pos, chunk can be taken as layers: --layer ner,pos,chunk\.$/m);
    const all = await convert(at('a.conll'), '--to', 'conllu', '--layer', 'ner,pos,chunk');
    assert.match(all.stdout, /CHUNK=B-NP\|NER=B-PER/);
    assert.doesNotMatch(all.stderr, /can be taken/);
  });

  it('takes a text for columns where it is told what they are', async () => {
    await writeFile(at('words.txt'), 'Nora NNP\nran VBD\n');
    const { status, stdout } = await convert(at('words.txt'), '--columns', 'token,pos', '--to', 'conllu');
    assert.equal(status, 0);
    assert.match(stdout, /^1\tNora\t_\tNNP\t/m);
  });

  it('makes the layers that a project lacks, and keeps what else its file says', async () => {
    await mkdir(at('project', '.glossator'), { recursive: true });
    const file = at('project', '.glossator', 'project.json');
    const layers = [{ name: 'ner', kind: 'span', labels: [{ name: 'PER' }] }];
    await writeFile(file, JSON.stringify({ layers, annotator: 'Nora', later: { kept: true } }));
    const args = [at('a.conll'), '--to', 'glossator', '--layer', 'places', '--out', at('project', 'texts')];
    const { status, stderr } = await convert(...args);
    assert.equal(status, 0, stderr);
    assert.match(stderr, /^The project gets the layer places with 2 labels\.$/m);
    const project = JSON.parse(await readFile(file, 'utf8')) as Project;
    assert.deepEqual(project, {
      layers: [
        ...layers,
        { name: 'places', kind: 'span', labels: [{ name: 'PER' }, { name: 'GPE' }], overlap: false },
      ],
      ...{ annotator: 'Nora', later: { kept: true } },
    });
    const before = await readFile(file, 'utf8');
    assert.doesNotMatch((await convert(...args)).stderr, /The project gets/);
    assert.equal(await readFile(file, 'utf8'), before);
  });

  it('marks every sentence of gold as reviewed for its layer', async () => {
    const { status, stderr } = await convert(
      at('a.conll'),
      '--to',
      'glossator',
      '--gold',
      '--out',
      at('gold'),
    );
    assert.equal(status, 0, stderr);
    const labels = (await readFile(at('gold', '.glossator', 'annotations', 'a.txt.jsonl'), 'utf8'))
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => JSON.parse(line) as Label);
    const marks = labels.filter(({ layer }) => layer === '@reviewed');
    assert.deepEqual([...new Set(marks.map(({ label }) => label))], ['ner']);
    const text = await readFile(at('gold', 'a.txt'), 'utf8');
    assert.equal(
      marks
        .map(({ quote }) => quote)
        .join('\n')
        .trim(),
      text.trim(),
    );
    const elsewhere = await convert(at('a.conll'), '--to', 'conllu', '--gold');
    assert.equal(elsewhere.status, 2);
    assert.match(elsewhere.stderr, /Only a project knows sentences that are reviewed\./);
  });
});
