import type { FindingCode } from '../../models/lint/finding';

/** What each check looks for, in a line; docs/checks.md explains them. */
export const findingTitles: Readonly<Record<FindingCode, string>> = {
  'model-disagrees': 'A label that the model contradicts with high probability.',
  'two-ways': 'The same words with two labels.',
  'ragged-boundary': 'A label that begins or ends at white space, at punctuation, or inside a word.',
  overlap: 'Labels that overlap in a layer that does not allow it.',
  'lost-anchor': 'A label whose words changed or are gone.',
  'unknown-label': 'A label or a layer that the project does not have.',
};
