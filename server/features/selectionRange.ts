import type { SelectionRange } from 'vscode-languageserver';
import type { Span } from '../../models/text/span';
import type { TrackedDocument } from '../documents/trackedDocument';
import { entitiesOf } from '../labels/entities';
import { wire } from '../protocol/wire/schemas';
import type { FeatureContext } from '../services';

/** A selection grows from the token to the entity, the sentence, the paragraph and the whole text. */
export function register({ incoming, services, capabilities }: FeatureContext): void {
  const { documents, openLabels, segmentation } = services;
  capabilities.selectionRangeProvider = true;

  incoming.request(wire.selectionRange, ({ textDocument: { uri }, positions }): SelectionRange[] | null => {
    const document = documents.get(uri);
    if (document === undefined) return null;
    segmentation.finish(document);
    return positions.map((position) => {
      const offset = document.offsetAt(position);
      const sentence = document.sentenceAt(offset);
      const token = sentence?.tokenAt(offset) ?? -1;
      const entities = entitiesOf(document, openLabels.get(uri), { start: offset, end: offset });
      const spans: Span[] = [
        { start: offset, end: offset },
        ...(sentence !== undefined && token >= 0 ? [sentence.tokenSpan(token)] : []),
        ...entities.sort((a, b) => a.end - a.start - (b.end - b.start)),
        ...(sentence === undefined ? [] : [{ start: sentence.start, end: sentence.end }]),
        paragraphAt(document, offset),
        { start: 0, end: document.length },
      ];
      return nested(document, spans);
    });
  });
}

/** Each span inside of the next; those that do not hold the one before are left out. */
function nested(document: TrackedDocument, spans: readonly Span[]): SelectionRange {
  const chain: Span[] = [];
  for (const span of spans) {
    const last = chain.at(-1);
    const holds = last === undefined || (span.start <= last.start && span.end >= last.end);
    const grows = last === undefined || span.end - span.start > last.end - last.start;
    if (holds && grows) chain.push(span);
  }
  if (chain.length > 1 && chain[0].start === chain[0].end) chain.shift(); // a caret is no selection
  return chain.reduceRight<SelectionRange | undefined>(
    (parent, span) => ({ range: document.rangeOf(span), ...(parent === undefined ? {} : { parent }) }),
    undefined,
  ) as SelectionRange;
}

/** The lines around a place up to the next blank ones. */
function paragraphAt(document: TrackedDocument, offset: number): Span {
  const isBlank = (line: number): boolean => lineText(document, line).trim() === '';
  const last = document.positionAt(document.length).line;
  let { line: from } = document.positionAt(offset);
  let to = from;
  if (!isBlank(from)) {
    while (from > 0 && !isBlank(from - 1)) from--;
    while (to < last && !isBlank(to + 1)) to++;
  }
  const start = document.offsetAt({ line: from, character: 0 });
  return { start, end: document.lineEndAfter(document.offsetAt({ line: to, character: 0 })) };
}

function lineText(document: TrackedDocument, line: number): string {
  const start = document.offsetAt({ line, character: 0 });
  return document.getText({ start, end: document.lineEndAfter(start) });
}
