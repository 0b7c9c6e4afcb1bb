import * as protocol from '../protocol/labels';
import { answering } from '../labels/answering';
import { labelChoices } from '../labels/labelChoices';
import { resolveConflicts } from '../labels/resolveConflicts';
import { snapSpan } from '../labels/snapSpan';
import { sentenceFor } from '../labels/userSentence';
import type { FeatureContext } from '../services';
import { showWarning } from '../showWarning';

/** Our own messages about labels: didLabel, and what people do with labels. */
export function register({ connection, services }: FeatureContext): void {
  const { openLabels, labelDesk, labelFolders, segmentation } = services;

  openLabels.changed.on((text) => {
    const update = text.takeUpdate();
    if (update !== undefined) void connection.sendNotification(protocol.didLabel, update);
  });
  openLabels.failed.on((error) => showWarning(connection, sentenceFor(error)));

  connection.onRequest(protocol.labels, ({ uri }) => {
    const text = openLabels.get(uri);
    text?.forgetPublished();
    return text?.takeUpdate() ?? null;
  });

  connection.onRequest(
    protocol.label,
    answering(async (params: protocol.LabelParams) => {
      await labelDesk.label(params);
      return null;
    }),
  );

  connection.onRequest(
    protocol.labelAll,
    answering(async (params: protocol.LabelAllParams) => {
      await labelDesk.labelAll(params);
      return null;
    }),
  );

  connection.onRequest(
    protocol.accept,
    answering(async ({ uri, version, start, end, threshold, layers }: protocol.AcceptParams) => {
      const text = await labelDesk.text(uri, version);
      return { accepted: await labelDesk.accept(text, { start, end }, threshold, layers) };
    }),
  );

  connection.onRequest(
    protocol.undoLabels,
    answering(({ uri }: { uri: string }) => labelDesk.revert(uri, true)),
  );
  connection.onRequest(
    protocol.redoLabels,
    answering(({ uri }: { uri: string }) => labelDesk.revert(uri, false)),
  );

  connection.onRequest(
    protocol.saveLabels,
    answering(async () => {
      await labelDesk.saveAll();
      return null;
    }),
  );

  connection.onRequest(
    protocol.labelChoices,
    answering(async ({ uri, version, start, end, layer }: protocol.LabelChoicesParams) => {
      const { document, labels, place } = await labelDesk.text(uri, version);
      segmentation.finish(document);
      const { layers } = place.folder.project;
      const span = snapSpan(document, labels, layers, { start, end }, layer);
      if (span === undefined) return null;
      const text = document.getText(span).replace(/\s+/g, ' ');
      const offered = layer === undefined ? layers : layers.filter(({ name }) => name === layer);
      return { start: span.start, end: span.end, text, choices: labelChoices(document, span, offered) };
    }),
  );

  connection.onRequest(
    protocol.sentence,
    answering(async ({ uri, version, offset }: protocol.SentenceParams) =>
      labelDesk.sentence(await labelDesk.text(uri, version), offset),
    ),
  );

  connection.onRequest(
    protocol.resolveConflicts,
    answering(({ uri }: protocol.ResolveConflictsParams) => resolveConflicts(labelFolders, uri)),
  );

  connection.onRequest(
    protocol.reviewSentence,
    answering((params: protocol.ReviewSentenceParams) => labelDesk.review(params)),
  );
}
