import type { Finding, Fix } from '../../models/lint/finding';
import type { WireLabelOperation } from '../protocol/labels';
import type { OpenText } from './openText';
import { suggestionsIn } from './openSuggestions';

/** What a fix of a finding does. */
export function fixOperation(text: OpenText, finding: Finding, fix: Fix): WireLabelOperation {
  const id = fix.labelId;
  switch (fix.kind) {
    case 'relabel':
      return { kind: 'change', id, label: fix.label };
    case 'move':
      return { kind: 'change', id, start: fix.span.start, end: fix.span.end };
    case 'remove':
      return { kind: 'remove', id };
    case 'keep':
      return { kind: 'change', id, ...(finding.code === 'model-disagrees' ? weighed(text, finding) : {}) };
  }
}

/** The probability that the model gave against a label: who keeps the label has weighed it, and is not asked again. */
function weighed(text: OpenText, finding: Finding): { confidence: number } {
  const layer = text.get(finding.labelId)?.layer;
  const against = text.document
    .sentencesBetween(finding.start, finding.end)
    .flatMap((sentence) => suggestionsIn(sentence))
    .filter((one) => one.layer === layer && one.start < finding.end && one.end > finding.start)
    .map(({ probability }) => probability);
  return { confidence: Math.max(0, ...against) };
}
