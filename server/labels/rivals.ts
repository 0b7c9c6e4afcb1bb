import type { Label } from '../../models/annotations/label';
import type { WireLabelOperation } from '../protocol/labels';
import type { OpenText } from './openText';

/** Two versions of a label that two programs made at the same time; the first may be gone. */
export interface Rivals {
  readonly mine: Label | undefined;
  readonly theirs: Label;
}

/** The labels of a text of which a person must choose one version. */
export function rivalsIn(text: OpenText): Rivals[] {
  return text.labels.flatMap((theirs) =>
    theirs.rivalOf === undefined ? [] : [{ mine: text.get(theirs.rivalOf), theirs }],
  );
}

/** What keeps one version and takes the other away. */
export function keepRival({ mine, theirs }: Rivals, isTheirs: boolean): WireLabelOperation[] {
  if (!isTheirs) return [{ kind: 'remove', id: theirs.id }];
  const rest: WireLabelOperation[] = mine === undefined ? [] : [{ kind: 'remove', id: mine.id }];
  return [{ kind: 'change', id: theirs.id }, ...rest]; // a change is a person's look
}
