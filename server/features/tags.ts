import type { TrackedDocument } from '../documents/trackedDocument';
import { didTag, retag, tags, visible, type DidTagParams } from '../protocol/messages';
import type { FeatureContext } from '../services';

/** Our own messages about tags: didTag, tags, visible, retag. */
export function register({ connection, services }: FeatureContext): void {
  const { documents, segmentation, tagging, models } = services;

  const messageFor = (document: TrackedDocument): DidTagParams => ({
    uri: document.uri,
    version: document.version,
    modelId: tagging.model.modelId ?? '',
    ...document.takeUpdate(),
    pending: tagging.pendingOf(document),
    ...(document.untagged === undefined ? {} : { untagged: document.untagged }),
  });

  tagging.tagged.on((document) => {
    void connection.sendNotification(didTag, messageFor(document));
  });

  connection.onRequest(tags, ({ uri }) => {
    const document = documents.get(uri);
    if (document === undefined) return null;
    segmentation.finish(document);
    document.forgetPublished();
    return messageFor(document);
  });

  connection.onNotification(visible, ({ uri, lines }) => {
    const document = documents.get(uri);
    if (document === undefined) return;
    document.show(lines);
    tagging.reprioritize(document);
  });

  connection.onRequest(retag, async ({ uri }) => {
    const document = documents.get(uri);
    if (document === undefined) return null;
    await models.recover();
    tagging.retag(document);
    return null;
  });
}
