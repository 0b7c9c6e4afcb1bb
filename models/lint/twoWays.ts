import type { Label } from '../annotations/label';
import {
  type CheckedLayer,
  type CheckedText,
  type Finding,
  type RelatedPlace,
  quoted,
  standingLabels,
} from './finding';

interface Use {
  readonly document: string;
  readonly label: Label;
}

/** Places that a message lists; more say nothing new. */
const MOST_RELATED = 10;
/** Other labels of the same words that a message names and fixes offer. */
const MOST_NAMED = 5;
/** Longer labels are passages, of which no two are alike; in code units. */
const LONGEST = 1000;
/** Labels or groups of labels that are looked at in one step. */
const STEP = 500;

/**
 * The same words with two labels in one span layer, over all texts. The labels that are rarer are found, or all where
 * none is rarer. Words are compared in Unicode NFC, with case, and with any white space as one blank. Layers of single
 * tokens are left alone: there most words have several labels by right.
 *
 * In steps, for a thread that must stay responsive; takes time in proportion to the number of labels.
 */
export function* twoWays(
  texts: readonly CheckedText[],
  layers: readonly CheckedLayer[],
): Generator<void, Finding[], void> {
  const kinds = new Map(layers.map(({ name, kind }) => [name, kind]));
  const groups = new Map<string, Use[]>();
  let done = 0;
  for (const checked of texts)
    for (const label of standingLabels(checked)) {
      if (++done % STEP === 0) yield;
      if ((kinds.get(label.layer) ?? 'span') !== 'span' || label.end - label.start > LONGEST) continue;
      const words = checked.text.slice(label.start, label.end).normalize('NFC').replace(/\s+/g, ' ').trim();
      const key = `${label.layer}\u0000${words}`;
      const uses = groups.get(key);
      if (uses) uses.push({ document: checked.document, label });
      else groups.set(key, [{ document: checked.document, label }]);
    }
  const findings: Finding[] = [];
  for (const [key, uses] of groups)
    for (const finding of findingsOf(key.slice(key.indexOf('\u0000') + 1), uses)) {
      if (++done % STEP === 0) yield;
      findings.push(finding);
    }
  return findings;
}

function* findingsOf(words: string, uses: readonly Use[]): Generator<Finding> {
  const counts = new Map<string, number>();
  for (const { label } of uses) counts.set(label.label, (counts.get(label.label) ?? 0) + 1);
  if (counts.size < 2) return;
  const ranked = [...counts].sort(([, a], [, b]) => b - a);
  const isTie = ranked[0][1] === ranked[1][1];
  const said = new Map<
    string,
    Pick<Finding, 'message' | 'related'> & { readonly others: readonly string[] }
  >();
  for (const { document, label } of uses) {
    if (!isTie && label.label === ranked[0][0]) continue;
    const known = said.get(label.label) ?? saidOf(words, label.label, ranked, uses);
    said.set(label.label, known);
    const { message, related, others } = known;
    yield {
      ...{
        code: 'two-ways',
        document,
        message,
        start: label.start,
        end: label.end,
        labelId: label.id,
        related,
      },
      fixes: others.map((name) => ({
        ...{ kind: 'relabel', title: `Relabel as ${name}`, labelId: label.id, label: name },
      })),
    };
  }
}

/** What is said of every use that is labelled `own`. */
function saidOf(
  words: string,
  own: string,
  ranked: readonly (readonly [string, number])[],
  uses: readonly Use[],
): Pick<Finding, 'message' | 'related'> & { readonly others: readonly string[] } {
  const others = ranked
    .slice(0, MOST_NAMED + 1)
    .filter(([name]) => name !== own)
    .slice(0, MOST_NAMED);
  const places = others.map(([name, count]) => `${name} in ${count} other place${count === 1 ? '' : 's'}`);
  const unnamed = ranked.length - 1 - others.length;
  if (unnamed > 0) places.push(`${unnamed} more label${unnamed === 1 ? '' : 's'} elsewhere`);
  const related: RelatedPlace[] = [];
  for (const { document, label } of uses) {
    if (related.length === MOST_RELATED) break;
    const { start, end, label: name } = label;
    if (name !== own) related.push({ document, label: name, start, end });
  }
  const message = `${quoted(words)} is labelled ${own} here, and ${places.join(', ')}.`;
  return { message, related, others: others.map(([name]) => name) };
}
