import * as vscode from 'vscode';
import type { TargetText } from '../labels/targetText';
import { announce } from '../taggedText';

/**
 * Marks the sentence at the cursor as reviewed, or takes that back: in annotation mode in the layer that is being
 * annotated, elsewhere in the layers that the sentence shows.
 */
export async function reviewSentence(text: TargetText): Promise<void> {
  const { session, document } = text;
  const offset = text.selection.start;
  const layer = session.mode.layer?.name;
  const asked = layer ?? text.layerInQuestion;
  const about = layer !== undefined ? { layers: [layer] } : asked !== undefined ? { asked } : {};
  let review = await session.requests.review(document, offset, about);
  if (review === null) return announce('No sentence here');
  if (review?.state === 'undecided') {
    const layers = await askForLayers(review.layers);
    if (layers === undefined) return;
    review = await session.requests.review(document, offset, { layers });
  }
  if (!review || review.state === 'undecided') return;
  const names = review.layers.join(', ');
  announce(
    review.state === 'reviewed'
      ? `Sentence marked as reviewed in ${names}; unlabelled words count as “no label”`
      : `Review mark removed from ${names}`,
  );
}

/** The layers that the user has looked at; undefined where they chose none. */
async function askForLayers(layers: readonly string[]): Promise<readonly string[] | undefined> {
  if (layers.length === 0) {
    announce('Add a layer to the project first');
    return undefined;
  }
  const picks = await vscode.window.showQuickPick([...layers], {
    title: 'Mark Sentence as Reviewed',
    placeHolder: 'Layers in which you have looked at all of the sentence',
    canPickMany: true,
  });
  return picks?.length ? picks : undefined;
}
