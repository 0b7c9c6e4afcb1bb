import { score } from '../../models/evaluation/score';
import type { ExamplePlace, LayerRecord, LayerScores, RunRecord } from '../../models/retraining/runRecord';

const bins = (gap: number) =>
  Array.from({ length: 15 }, (_, bin) => {
    const confidence = (bin + 0.5) / 15;
    return bin < 4
      ? { count: 0, confidence: 0, accuracy: 0 }
      : { count: 3 * bin, confidence, accuracy: Math.max(0, confidence - gap) };
  });

const scores = (f1: number, correct: number, gap: number): LayerScores => ({
  score: f1,
  labels: {
    GENE: score({ gold: 20, predicted: 22, correct }),
    PROTEIN: score({ gold: 9, predicted: 7, correct: Math.round(correct / 3) }),
  },
  calibration: { error: gap, bins: bins(gap) },
});

/** A place of a text that nobody has. */
export const example = (quote: string, start: number): ExamplePlace => ({
  file: 'genes/wing veins.txt',
  start,
  end: start + quote.length,
  quote,
});

const gene: LayerRecord = {
  layer: { name: 'gene', kind: 'span', labels: ['GENE', 'PROTEIN'] },
  change: 'trained',
  examples: { GENE: 40, PROTEIN: 3 },
  measuredBy: 'cross-validation',
  before: scores(0.41, 8, 0.18),
  after: scores(0.78, 17, 0.06),
  confusion: [
    { gold: 'GENE', predicted: 'GENE', count: 17, examples: [example('vel-7', 12)] },
    { gold: 'GENE', predicted: 'PROTEIN', count: 1, examples: [example('brisk', 80)] },
    {
      gold: 'GENE',
      predicted: 'O',
      count: 2,
      examples: [example('<b>odd & "quoted"</b>', 120), example('nubA', 160)],
    },
    { gold: 'PROTEIN', predicted: 'PROTEIN', count: 6, examples: [] },
    { gold: 'PROTEIN', predicted: 'O', count: 3, examples: [example('Vel7', 205)] },
    { gold: 'O', predicted: 'GENE', count: 5, examples: [example('PCR', 300)] },
  ],
  curve: [
    { epoch: 1, loss: 3.2, dev: 0.3 },
    { epoch: 2, loss: 1.4, dev: 0.61 },
    { epoch: 3, loss: 0.8, dev: 0.78 },
    { epoch: 4, loss: 0.6, dev: 0.74 },
  ],
  notices: ['PROTEIN has 3 examples and needs 15 more to be scored.'],
};

const kept: LayerRecord = {
  layer: { name: 'pos', kind: 'token', labels: ['NOUN', 'VERB'] },
  change: 'kept',
  examples: {},
  measuredBy: 'none',
  before: null,
  after: null,
  confusion: [],
  curve: [],
  notices: [],
};

const tone: LayerRecord = {
  ...kept,
  layer: { name: 'tone of voice', kind: 'sentence', labels: ['calm'] },
  change: 'new',
  examples: { calm: 4 },
  curve: [{ epoch: 1, loss: 0.7, dev: null }],
  notices: ['Every label of tone is calm; give some sentences another one.'],
};

/** A run as a trainer would record it: one layer measured, one new that is not, one as it was. */
export const sampleRecord: RunRecord = {
  format: 'glossator-run',
  version: 1,
  run: '2026-11-22T18-25-03',
  time: '2026-11-22T18:25:03.120Z',
  seconds: 21.4,
  modelId: 'f'.repeat(64),
  baseId: 'b'.repeat(64),
  dataHash: 'd'.repeat(64),
  seed: 1,
  settings: { note: '</script><script>alert(1)</script>' },
  glossator: '0.1.0',
  texts: 3,
  sentences: 31,
  verdict: 'better',
  layers: [gene, tone, kept],
  flips: [
    { ...example('vel-7', 12), layer: 'gene', before: null, after: 'GENE', probability: 0.97 },
    { ...example('Geneva', 44), layer: 'ner', before: 'LOC', after: null, probability: 0.61 },
  ],
};
