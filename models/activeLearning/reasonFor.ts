import type { Option, SentenceDoubt } from './sentenceDoubt';
import type { Strategy } from './strategy';

/** Why a sentence is to be looked at. */
export interface ReasonParts {
  readonly strategy: Strategy;
  readonly layer: string;
  /** Null where the model does not know the layer. */
  readonly doubt: SentenceDoubt | null;
  /** The words that the doubt is about. */
  readonly words: string;
}

/** Why a sentence is to be looked at, in one sentence. */
export function reasonFor({ strategy, layer, doubt, words }: ReasonParts): string {
  if (doubt === null)
    return `The model does not know ${layer} yet; many sentences of the texts are like this one.`;
  if (strategy === 'random') return 'Drawn at random.';
  const { wavering } = doubt;
  if (wavering === null) return `The model knows one label only in ${layer}.`;
  const { first, second } = wavering;
  const isSure = first.probability >= 0.95;
  if (isSure) return `The model is rather sure: ${shown(first)} for “${words}”, then ${shown(second)}.`;
  return `The model wavers between ${shown(first)} and ${shown(second)} for “${words}”.`;
}

/** The same in a few words: `ORG 0.51, PER 0.44`. */
export function briefReason({ strategy, doubt }: Pick<ReasonParts, 'strategy' | 'doubt'>): string {
  if (doubt === null) return 'not known yet';
  if (strategy === 'random') return 'at random';
  if (doubt.wavering === null) return 'one label only';
  const { first, second } = doubt.wavering;
  return [first, second]
    .map(({ label, probability }) => `${label ?? 'no label'} ${probability.toFixed(2)}`)
    .join(', ');
}

const shown = ({ label, probability }: Option): string =>
  `${label ?? 'no label'} (${probability.toFixed(2)})`;
