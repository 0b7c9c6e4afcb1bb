import type { SentenceExploration } from '../../../models/activeLearning/explore';
import type { RunningTagger } from '../../../server/tagging/modelLoader';
import { lexiconTagger } from '../features/lexiconTagger';

/** Words that the tagger doubts, and how much. */
const DOUBTS: Readonly<Record<string, number>> = { Vodafone: 0.9, Jordan: 0.8, Phoenix: 0.7, May: 0.4 };

/** The lexicon, unsure of some words; sentences with the same first word have the same vector. */
export function explorerTagger(modelId = 'explorer', onExplore = (): void => undefined): RunningTagger {
  return {
    ...lexiconTagger(modelId),
    explore(sentences) {
      onExplore();
      return Promise.resolve(sentences.map(exploration));
    },
  };
}

function exploration(forms: readonly string[]): SentenceExploration {
  const doubts = forms.map((form) => DOUBTS[form] ?? 0.01);
  const most = Math.max(...doubts);
  const start = doubts.indexOf(most);
  const vector = Float32Array.from({ length: 8 }, (_, k) => 1 + Math.sin(k + hash(forms[0])));
  const wavering = {
    ...{ start, end: start + 1 },
    first: { label: 'PER', probability: 1 - most / 2 },
    second: { label: null, probability: most / 2 },
  };
  const doubt = { rows: forms.length, surprise: most * forms.length, entropy: most, ratio: most, wavering };
  return { doubts: { ner: doubt, pos: { ...doubt, surprise: 100 } }, vector };
}

const hash = (word: string): number => [...word].reduce((sum, sign) => sum + sign.charCodeAt(0), 0);
