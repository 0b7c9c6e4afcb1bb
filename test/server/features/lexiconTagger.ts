import type { SentencePrediction, SentenceTagger } from '../../../models/taggers/prediction';
import type { LayerSpec } from '../../../models/tags/layer';
import type { RunningTagger } from '../../../server/tagging/modelLoader';

interface Entry {
  readonly tag: string;
  readonly probability: number;
  readonly entity?: string;
}

const LEXICON: Readonly<Record<string, Entry>> = {
  Ada: { tag: 'PROPN', probability: 0.99, entity: 'PER' },
  Lovelace: { tag: 'PROPN', probability: 0.97, entity: 'PER' },
  London: { tag: 'PROPN', probability: 0.95, entity: 'LOC' },
  met: { tag: 'VERB', probability: 0.9 },
  saw: { tag: 'VERB', probability: 0.4 },
  '.': { tag: 'PUNCT', probability: 0.9999 },
};

/** A tagger that looks words up: other words are nouns, runs of one entity type are one entity. */
export function tagByLexicon(forms: readonly string[]): SentencePrediction {
  const entries = forms.map((form): Entry => LEXICON[form] ?? { tag: 'NOUN', probability: 0.8 });
  const spans: { start: number; end: number; label: string; probability: number }[] = [];
  entries.forEach(({ entity }, i) => {
    if (entity === undefined) return;
    const last = spans.at(-1);
    if (last?.end === i && last.label === entity) last.end = i + 1;
    else spans.push({ start: i, end: i + 1, label: entity, probability: 0.85 });
  });
  const tags = entries.map(({ tag, probability }) => ({
    label: tag,
    probability,
    runnerUp: { label: 'X', probability: (1 - probability) / 2 },
  }));
  return { pos: { kind: 'token', tags }, ner: { kind: 'span', spans } };
}

const LAYERS: readonly LayerSpec[] = [
  { name: 'pos', kind: 'token', labels: ['NOUN', 'PROPN', 'PUNCT', 'VERB', 'X'] },
  { name: 'ner', kind: 'span', labels: ['LOC', 'PER'] },
];

/** The lexicon behind the interface of a model. */
export function lexiconTagger(modelId = 'lexicon'): RunningTagger & SentenceTagger {
  return {
    modelId,
    layers: LAYERS,
    details: {
      embedder: { layers: 3, size: 256 },
      layers: LAYERS.map((layer) => ({ ...layer, mix: { layers: [0.5, 0.3, 0.2], gamma: 1.5 }, tuned: [] })),
    },
    backend: 'wasm',
    notice: 'A lexicon, for tests.',
    ended: new Promise(() => undefined),
    tag: (sentences) => Promise.resolve(sentences.map(tagByLexicon)),
    dispose: () => undefined,
  };
}
