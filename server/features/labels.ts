import { didLabel } from '../protocol/labels';
import { wire } from '../protocol/wire/schemas';
import { labelChoices } from '../labels/labelChoices';
import { resolveConflicts } from '../labels/resolveConflicts';
import { snapSpan } from '../labels/snapSpan';
import { sentenceFor } from '../labels/userSentence';
import type { FeatureContext } from '../services';
import { showWarning } from '../showWarning';

/** Our own messages about labels: didLabel, and what people do with labels. */
export function register({ connection, incoming, services }: FeatureContext): void {
  const { openLabels, labelDesk, labelFolders, segmentation } = services;

  openLabels.changed.on((text) => {
    const update = text.takeUpdate();
    if (update !== undefined) void connection.sendNotification(didLabel, update);
  });
  openLabels.savedAgain.on((sentence) => showWarning(connection, sentence));
  openLabels.failed.on((error) => showWarning(connection, sentenceFor(error)));

  incoming.request(wire.labels, ({ uri }) => {
    const text = openLabels.get(uri);
    text?.forgetPublished();
    return text?.takeUpdate() ?? null;
  });

  incoming.request(wire.label, async (params) => {
    await labelDesk.label(params);
    return null;
  });

  incoming.request(wire.labelAll, async (params) => {
    await labelDesk.labelAll(params);
    return null;
  });

  incoming.request(wire.accept, async ({ uri, version, start, end, threshold, layers }) => {
    const text = await labelDesk.text(uri, version);
    return { accepted: await labelDesk.accept(text, { start, end }, threshold, layers) };
  });

  incoming.request(wire.undoLabels, ({ uri }) => labelDesk.revert(uri, true));
  incoming.request(wire.redoLabels, ({ uri }) => labelDesk.revert(uri, false));

  incoming.request(wire.saveLabels, async () => {
    await labelDesk.saveAll();
    return null;
  });

  incoming.request(wire.labelChoices, async ({ uri, version, start, end, layer }) => {
    const { document, labels, place } = await labelDesk.text(uri, version);
    segmentation.finish(document);
    const { layers } = place.folder.project;
    const span = snapSpan(document, labels, layers, { start, end }, layer);
    if (span === undefined) return null;
    const text = document.getText(span).replace(/\s+/g, ' ');
    const offered = layer === undefined ? layers : layers.filter(({ name }) => name === layer);
    return { start: span.start, end: span.end, text, choices: labelChoices(document, span, offered) };
  });

  incoming.request(wire.sentence, async ({ uri, version, offset }) =>
    labelDesk.sentence(await labelDesk.text(uri, version), offset),
  );
  incoming.request(wire.resolveConflicts, ({ uri }) => resolveConflicts(labelFolders, uri));
  incoming.request(wire.reviewSentence, (params) => labelDesk.review(params));
}
