import { REVIEWED_LAYER } from '../labels/shownLabels';
import type { TargetText } from '../labels/targetText';
import { announce } from '../taggedText';

/** Marks the sentence at the cursor as reviewed, so that what is unlabelled in it has no label; or takes that back. */
export async function reviewSentence(text: TargetText): Promise<void> {
  const sentence = await text.sentence();
  if (sentence === undefined) return;
  const { start, end } = sentence;
  const { session, document } = text;
  const marks = session.texts.reviewed(text.uri).filter((mark) => mark.start < end && start < mark.end);
  if (marks.length > 0) {
    const operations = marks.map(({ id }) => ({ kind: 'remove' as const, id }));
    if (await session.requests.apply(document, 'Take back the review of a sentence', operations))
      announce('The sentence is not reviewed any more');
    return;
  }
  const mark = { kind: 'add' as const, layer: REVIEWED_LAYER, label: '*', start, end };
  if (await session.requests.apply(document, 'Mark a sentence as reviewed', [mark]))
    announce('The sentence is reviewed: what is unlabelled in it has no label');
}
