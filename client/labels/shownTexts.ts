import { marksIn, wholeDocument } from '../marks';
import type { Window } from '../marks';
import type { TagStore } from '../tagStore';
import { REVIEWED_LAYER } from './shownLabels';
import type { ShownLabels } from './shownLabels';
import type { LabelStyles } from './labelStyles';
import { shownMarks } from './shownMarks';
import type { ShownMark } from './shownMarks';

/** A sentence that a person looked at in some layers. */
export interface ReviewedSentence extends Window {
  readonly annotator: string;
  readonly layers: readonly string[];
}

/** What the editor shows of each document: suggestions and labels, brought together. */
export class ShownTexts {
  readonly tags: TagStore;
  readonly labels: ShownLabels;
  readonly styles: LabelStyles;

  constructor(tags: TagStore, labels: ShownLabels, styles: LabelStyles) {
    this.tags = tags;
    this.labels = labels;
    this.styles = styles;
  }

  /** Whether the suggestions belong to this version of the document; labels always do. */
  isCurrent(uri: string, version: number): boolean {
    return this.tags.get(uri)?.version === version;
  }

  /** Labels and the suggestions that they leave, in the order of the text; labels alone where tags are out of date. */
  marks(uri: string, version: number, window: Window = wholeDocument): ShownMark[] {
    const tagged = this.isCurrent(uri, version) ? this.tags.get(uri) : undefined;
    const suggestions = tagged === undefined ? [] : marksIn(tagged.sentences, window);
    return shownMarks(suggestions, this.labels.labelsIn(uri, window), (layer) => this.styles.kindOf(layer));
  }

  /** Sentences that a person has reviewed, each once, with the layers that they looked at. */
  reviewed(uri: string, window: Window = wholeDocument): ReviewedSentence[] {
    const sentences = new Map<string, ReviewedSentence & { readonly layers: string[] }>();
    for (const { layer, label, start, end, annotator } of this.labels.labelsIn(uri, window)) {
      if (layer !== REVIEWED_LAYER || start === end) continue;
      const known = sentences.get(`${start} ${end}`);
      const name = label === '*' ? 'all layers' : label;
      if (known === undefined) sentences.set(`${start} ${end}`, { start, end, annotator, layers: [name] });
      else known.layers.push(name);
    }
    return [...sentences.values()];
  }
}
