import type { TrackedDocument } from '../documents/trackedDocument';
import { didTag, type DidTagParams } from '../protocol/messages';
import { wire } from '../protocol/wire/schemas';
import type { FeatureContext } from '../services';

/** Our own messages about tags: didTag, tags, visible, retag. */
export function register({ connection, incoming, services }: FeatureContext): void {
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

  incoming.request(wire.tags, ({ uri }) => {
    const document = documents.get(uri);
    if (document === undefined) return null;
    segmentation.finish(document);
    document.forgetPublished();
    return messageFor(document);
  });

  incoming.notification(wire.visible, ({ uri, lines }) => {
    const document = documents.get(uri);
    if (document === undefined) return;
    document.show(lines);
    tagging.reprioritize(document);
  });

  incoming.request(wire.retag, async ({ uri }) => {
    const document = documents.get(uri);
    if (document === undefined) return null;
    await models.recover();
    tagging.retag(document);
    return null;
  });
}
