import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderReport } from '../../models/report/renderReport';
import type { LayerScores, TemperatureRecord } from '../../models/retraining/runRecord';
import { sampleRecord } from './sampleRecord';

const NONCE = 'c2FtcGxl';
const editor = (): Promise<string> => renderReport(sampleRecord, { nonce: NONCE, links: 'editor' });
const alone = (): Promise<string> => renderReport(sampleRecord, { nonce: NONCE, links: 'none' });

const matches = (page: string, pattern: RegExp): string[] =>
  [...page.matchAll(pattern)].map(([, found]) => found);

test('the policy allows its own style and script and nothing else', async () => {
  const page = await editor();
  const policy = matches(page, /Content-Security-Policy"\s+content="([^"]*)"/g)[0].replaceAll('&#39;', "'");
  assert.match(policy, /^default-src 'none'; /);
  assert.ok(!/unsafe|https?:|\*/.test(policy), policy);
  assert.deepEqual(
    matches(page, /<(?:script|style)\b([^>]*)>/g).filter((tag) => !tag.includes(`nonce="${NONCE}"`)),
    [],
  );
  assert.deepEqual(matches(page, /\s(style|on\w+)="/g), [], 'attributes that the policy would block');
  assert.deepEqual(
    matches(page, /((?:src|href)="(?!#)[^"]*")/g).filter((address) => !address.startsWith('xlink')),
    [],
    'nothing outside is named',
  );
});

test('words of texts stay words', async () => {
  for (const page of [await editor(), await alone()]) {
    assert.ok(page.includes('&lt;b&gt;odd &amp; &quot;quoted&quot;&lt;/b&gt;'));
    assert.ok(!page.includes('<b>odd'));
    assert.ok(!page.includes('<script>alert'));
  }
});

test('numbers are in the page as JSON, all of them', async () => {
  const [json] = matches(await alone(), /<script type="application\/json"[^>]*>([^<]*)<\/script>/g);
  assert.deepEqual(JSON.parse(json), sampleRecord);
});

test('before and after stand side by side, with support and what was learnt from', async () => {
  const page = (await alone()).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
  assert.match(page, /GENE 20 40 36\.4 % 77\.3 % ▲ 40\.0 % 85\.0 % ▲ 38\.1 % 81\.0 % ▲/);
  assert.match(page, /PROTEIN has 3 examples and needs 15 more to be scored\./);
  assert.match(page, /pos as it was/);
  assert.match(page, /There are too few labels to measure this layer\./);
});

test('each table has a caption, each picture a sentence, and headings skip no level', async () => {
  const page = await editor();
  assert.equal(matches(page, /<(table)\b/g).length, matches(page, /<(caption)\b/g).length);
  assert.equal(
    matches(page, /<(svg)\b/g).length,
    matches(page, /(<svg id="[^"]+" role="graphics-document" aria-label="[^"]+")/g).length,
  );
  const levels = matches(page, /<h([1-6])\b/g).map(Number);
  assert.deepEqual([levels[0], levels.filter((level) => level === 1).length], [1, 1]);
  levels.slice(1).forEach((level, i) => assert.ok(level <= levels[i] + 1, `h${level} after h${levels[i]}`));
});

test('ids are given once, and every link leads to one', async () => {
  const page = await editor();
  const ids = matches(page, /\sid="([^"]+)"/g);
  assert.equal(new Set(ids).size, ids.length, ids.join(' '));
  const targets = matches(page, /href="#([^"]+)"/g);
  assert.ok(targets.length >= 6);
  for (const target of targets) assert.ok(ids.includes(target), target);
});

test('in the editor each example and flip is a button with its place; alone it names file and offset', async () => {
  const page = await editor();
  const places = matches(page, /data-file="([^"]+" data-start="\d+" data-end="\d+)"/g);
  assert.equal(places.length, 6 + 2);
  assert.ok(places.includes('genes/wing veins.txt" data-start="44" data-end="50'));
  const plain = await alone();
  assert.ok(!plain.includes('data-file='));
  assert.match(plain, /“Geneva”\s*<span class="muted">\s*genes\/wing veins\.txt:44\s*<\/span>/);
});

test('a run that measured nothing and changed nothing makes a page, too', async () => {
  const empty = { ...sampleRecord, verdict: 'unmeasured' as const, layers: [], flips: [] };
  const page = await renderReport(empty, { nonce: NONCE, links: 'none' });
  assert.match(page, /too few labels to tell/);
  assert.match(page, /No prediction in the texts is another one now/);
});

/** A layer of which nothing was reviewed. */
const recallOnly = (recall: number): LayerScores => ({
  ...{ measure: 'recall', score: recall, sentences: 30, reviewed: 0, suggested: 90, calibration: null },
  labels: {
    GENE: { gold: 40, correct: 40 * recall, predicted: 0, precision: null, recall, f1: null },
  },
});

test('what was not measured is a dash with its reason, in the table and in the verdict', async () => {
  const [gene, ...rest] = sampleRecord.layers;
  const layer = { ...gene, before: recallOnly(0.5), after: recallOnly(0.75), confusion: [] };
  const record = { ...sampleRecord, layers: [layer, ...rest] };
  const page = await renderReport(record, { nonce: NONCE, links: 'none' });
  const words = page.replace(/<script[\s\S]*?<\/script>|<[^>]*>/g, ' ').replace(/\s+/g, ' ');
  assert.match(words, /GENE 40 40 – – 50\.0 % 75\.0 % ▲ – – /);
  assert.match(words, /Recall of the layer: 50\.0 % before, 75\.0 % now\./);
  assert.match(words, /– means unknown\. Too few sentences are marked as reviewed/);
  assert.match(words, /Only recall could be compared, which does not see suggestions that are wrong\./);
  assert.match(words, /Calibration Unknown\. Too few sentences are marked as reviewed/);
  assert.ok(!words.includes('F1 of the layer'));
});

test('precision says from how many sentences it comes where not all were reviewed', async () => {
  const [gene, ...rest] = sampleRecord.layers;
  const after = { ...gene.after!, measure: 'F1' as const, sentences: 30, reviewed: 12 };
  const record = { ...sampleRecord, layers: [{ ...gene, after }, ...rest] };
  const page = await renderReport(record, { nonce: NONCE, links: 'none' });
  assert.match(page.replace(/\s+/g, ' '), /Precision is that of the 12 reviewed ones of 30 sentences\./);
});

test('it is said what was done about the temperature', async () => {
  const [gene, ...rest] = sampleRecord.layers;
  const show = async (temperature: TemperatureRecord): Promise<string> => {
    const record = { ...sampleRecord, layers: [{ ...gene, temperature }, ...rest] };
    return (await renderReport(record, { nonce: NONCE, links: 'none' })).replace(/\s+/g, ' ');
  };
  assert.match(
    await show({ before: 1.2, temperature: 1.35, predictions: 120, fitted: true }),
    /fitted on 120 predictions that the model was not trained on: 1\.2 before, 1\.35 now\./,
  );
  assert.match(
    await show({ before: 1.2, temperature: 1.2, predictions: 9, fitted: false }),
    /stayed at 1\.2: of 9 predictions only is it known/,
  );
});
