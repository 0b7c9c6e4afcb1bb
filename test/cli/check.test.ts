import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { after, before, describe, it } from 'node:test';
import * as z from 'zod';
import type { Label } from '../../models/annotations/label';
import { formatSidecar } from '../../server/labelStore/sidecarText';
import { root } from '../shared';
import { runGlossator } from './runGlossator';
import { writeTinyModel } from './tinyModel';

const TEXTS: Readonly<Record<string, string>> = {
  'good.txt': 'Ada Lovelace lived in London.\n',
  'letters/bad one.txt': '😀 I saw Ada, in Wash\nington with Lovelace.\nRome is Rome.\n',
  'letters/notes.md': '# Notes\n\nRome and **Rome**.\n',
};

type Planted = [words: string, label: string, more?: Partial<Label>];
const PLANTED: Readonly<Record<string, Planted[]>> = {
  'good.txt': [
    ['Ada Lovelace', 'PER'],
    ['London', 'LOC'],
  ],
  'letters/bad one.txt': [
    ['Ada,', 'PER'],
    ['Wash', 'XYZ'],
    ['gton with Lovelace', 'PER'],
    ['Lovelace', 'PER'],
    ['Rome', 'ORG'],
  ],
  'letters/notes.md': [
    ['Rome', 'LOC'],
    ['Rome', 'LOC', { start: 20, end: 24 }],
    ['Athens', 'LOC', { before: 'in ', after: ' we' }],
  ],
};

/** What is planted, as text output names it. */
const FOUND = [
  'letters/bad one.txt:1:10: The label PER on "Ada," ends with a punctuation mark. [ragged-boundary]',
  'letters/bad one.txt:1:18: The layer ner has no label "XYZ". [unknown-label]',
  'letters/bad one.txt:2:3: The label PER on "gton with Lovelace" begins inside a word. [ragged-boundary]',
  'letters/bad one.txt:2:13: PER on "Lovelace" overlaps PER on "gton with Lovelace", which the layer ner does not allow. [overlap]',
  'letters/bad one.txt:3:1: "Rome" is labelled ORG here, and LOC in 2 other places. [two-ways]',
  'letters/notes.md:1:1: The words of the label LOC, "Athens", are gone from the text. [lost-anchor]',
];

const region = z.strictObject({
  startLine: z.int().positive(),
  startColumn: z.int().positive(),
  endLine: z.int().positive(),
  endColumn: z.int().positive(),
});
const location = z.strictObject({
  physicalLocation: z.strictObject({
    artifactLocation: z.strictObject({ uri: z.string().regex(/^[^\\ ]+$/), uriBaseId: z.string() }),
    region,
  }),
  message: z.strictObject({ text: z.string() }).optional(),
});
/** The parts of SARIF 2.1.0 that are written, with what section 3 of the specification asks of them. */
const sarifLog = z.strictObject({
  $schema: z.url(),
  version: z.literal('2.1.0'),
  runs: z.tuple([
    z.strictObject({
      tool: z.strictObject({
        driver: z.strictObject({
          name: z.string(),
          version: z.string(),
          rules: z.array(
            z.strictObject({ id: z.string(), shortDescription: z.strictObject({ text: z.string() }) }),
          ),
        }),
      }),
      columnKind: z.literal('utf16CodeUnits'),
      results: z.array(
        z.strictObject({
          ruleId: z.string(),
          ruleIndex: z.int().nonnegative(),
          level: z.enum(['none', 'note', 'warning', 'error']),
          message: z.strictObject({ text: z.string().min(1) }),
          locations: z.array(location).length(1),
          relatedLocations: z.array(location).optional(),
          partialFingerprints: z.record(z.string(), z.string()),
        }),
      ),
    }),
  ]),
});

describe('glossator check', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'glossator-'));
    for (const [name, text] of Object.entries(TEXTS)) {
      const file = join(folder, name);
      const sidecar = join(folder, '.glossator', 'annotations', `${name}.jsonl`);
      for (const place of [file, sidecar]) await mkdir(dirname(place), { recursive: true });
      await writeFile(file, text);
      await writeFile(
        sidecar,
        formatSidecar(PLANTED[name].map((one, k) => planted(text, one, `${name}-${k}`))),
      );
    }
  });
  after(() => rm(folder, { recursive: true }));

  const planted = (text: string, [words, label, more]: Planted, id: string): Label => {
    const start = more?.start ?? Math.max(0, text.indexOf(words));
    const end = start + words.length;
    const around = { before: text.slice(Math.max(0, start - 32), start), after: text.slice(end, end + 32) };
    const decided = { state: 'confirmed', annotator: 'me', time: '2026-01-01T00:00:00.000Z' } as const;
    return { id, layer: 'ner', label, start, end, quote: words, ...around, ...decided, ...more };
  };
  const here = (): string => relative(root, folder);
  const lines = (text: string): string[] =>
    text
      .split('\n')
      .filter(Boolean)
      .map((line) => line.replace(`${here()}/`, ''));

  it('finds exactly what is planted, with status 1', async () => {
    const { status, stdout, stderr } = await runGlossator(['check', folder, '--no-model']);
    assert.deepEqual(lines(stdout), FOUND);
    assert.equal(stderr, '6 findings for 10 labels in 3 texts.\n');
    assert.equal(status, 1);
  });

  it('finds nothing in what is good, with status 0', async () => {
    const { status, stdout, stderr } = await runGlossator(['check', join(folder, 'good.txt'), '--no-model']);
    assert.deepEqual([status, stdout, stderr], [0, '', '0 findings for 2 labels in 1 text.\n']);
  });

  it('makes only the checks asked for, in the places asked for', async () => {
    const args = ['check', join(folder, 'letters'), '--no-model', '--only', 'overlap', 'two-ways'];
    assert.deepEqual(lines((await runGlossator(args)).stdout), [FOUND[3], FOUND[4]]);
  });

  it('as JSON, with places, labels and fixes', async () => {
    const { stdout } = await runGlossator([
      'check',
      folder,
      '--no-model',
      '--format',
      'json',
      '--only',
      'ragged-boundary',
    ]);
    const [first] = JSON.parse(stdout) as Record<string, unknown>[];
    assert.deepEqual(first, {
      file: join(here(), 'letters', 'bad one.txt'),
      ...{ startLine: 1, startColumn: 10, endLine: 1, endColumn: 14 },
      code: 'ragged-boundary',
      message: 'The label PER on "Ada," ends with a punctuation mark.',
      ...{ start: 9, end: 13 },
      labelId: 'letters/bad one.txt-0',
      fixes: [
        {
          kind: 'move',
          title: 'Move to "Ada"',
          labelId: 'letters/bad one.txt-0',
          span: { start: 9, end: 12 },
        },
      ],
    });
  });

  it('as SARIF 2.1.0', async () => {
    const { status, stdout } = await runGlossator(['check', folder, '--no-model', '--format', 'sarif']);
    assert.equal(status, 1);
    const [{ results, tool }] = sarifLog.parse(JSON.parse(stdout)).runs;
    assert.equal(results.length, FOUND.length);
    for (const { ruleId, ruleIndex } of results) assert.equal(tool.driver.rules[ruleIndex].id, ruleId);
    const { artifactLocation } = results[0].locations[0].physicalLocation;
    assert.ok(artifactLocation.uri.endsWith('/letters/bad%20one.txt'));
    assert.equal(results[4].relatedLocations?.length, 2);
  });

  it('asks a model, and says with what probability it contradicts', async () => {
    const model = join(folder, 'model');
    await writeTinyModel(model);
    const args = ['check', join(folder, 'good.txt'), '--model', model, '--threshold', '0'];
    const { status, stdout } = await runGlossator(args);
    // The tiny model talks nonsense, but always the same; with any probability it contradicts or says nothing.
    assert.equal(status, stdout === '' ? 0 : 1);
    for (const line of lines(stdout))
      assert.match(line, /is labelled \w+, and the model says \w+ .*\d %\. \[model-disagrees\]$/);
  });

  it('names each line that cannot be read, and goes on with the others', async () => {
    const some = join(folder, 'some');
    const sidecar = join(some, '.glossator', 'annotations', 'a.txt.jsonl');
    await mkdir(join(some, '.glossator', 'annotations'), { recursive: true });
    await writeFile(join(some, 'a.txt'), 'Ada, Ben\n');
    const [header, line] = formatSidecar([planted('Ada, Ben\n', ['Ada,', 'PER'], 'x')]).split('\n');
    await writeFile(sidecar, [header, '{"id":"y"', line, line.replace('PER', 'LOC')].join('\n'));
    await writeFile(join(some, '.glossator', 'annotations', 'b.txt.jsonl'), '<<<<<<< mine\n');
    const { status, stdout, stderr } = await runGlossator(['check', '--no-model', some]);
    assert.equal(status, 1);
    assert.match(stdout, /a\.txt:1:1: .*\[ragged-boundary\]/);
    assert.match(stderr, /a\.txt\.jsonl:2: The line is not JSON\./);
    assert.match(stderr, /a\.txt\.jsonl:4: The label has the id x of another one, on line 3\./);
    assert.match(stderr, /b\.txt\.jsonl:1: The annotations have an unresolved/);
  });

  it('refuses what cannot be read with status 2 and one sentence', async () => {
    const broken = join(folder, 'broken');
    await mkdir(join(broken, '.glossator', 'annotations'), { recursive: true });
    const sidecar = join(broken, '.glossator', 'annotations', 'a.txt.jsonl');
    await writeFile(join(broken, 'a.txt'), 'a\n');
    const refused = async (args: string[], message: RegExp): Promise<void> => {
      const { status, stdout, stderr } = await runGlossator(['check', '--no-model', ...args]);
      assert.deepEqual([status, stdout], [2, '']);
      assert.match(stderr, message);
    };
    await writeFile(sidecar, '<<<<<<< mine\n');
    await refused([broken], /a\.txt\.jsonl:1: The annotations have an unresolved git merge conflict/);
    await writeFile(sidecar, formatSidecar([planted('b', ['b', 'PER'], 'x')]));
    await rm(join(broken, 'a.txt'));
    await refused([broken], /a\.txt: The text is gone; 1 label waits for it\. Put it back, or /);
    await refused([join(folder, 'gone')], /gone: There is no such file\./);
    await refused(['--threshold', '2', folder], /Write a number from 0 to 1\./);
    await refused(['--only', 'spelling', folder], /'spelling' is invalid/);
  });
});
