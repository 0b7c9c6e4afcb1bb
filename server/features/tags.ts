import type { TrackedDocument } from '../documents/trackedDocument';
import { didTag, type DidTagParams } from '../protocol/messages';
import { wire } from '../protocol/wire/schemas';
import type { FeatureContext } from '../services';
import { Slices } from '../slices';

/** Words of the sentences that one message holds at most: more of them would hold up others. */
const WORDS_A_MESSAGE = 10_000;

/** Our own messages about tags: didTag, tags, visible, retag. */
export function register({ connection, incoming, services }: FeatureContext): void {
  const { documents, segmentation, tagging, models } = services;

  /** Documents of which a message left sentences to the next one. */
  const unfinished = new Set<TrackedDocument>();

  const messageFor = (document: TrackedDocument): DidTagParams => {
    const { left, ...update } = document.takeUpdate(WORDS_A_MESSAGE);
    if (left > 0) void goOn(document);
    return {
      uri: document.uri,
      version: document.version,
      modelId: tagging.model.modelId ?? '',
      ...update,
      pending: tagging.pendingOf(document) + left,
      ...(document.untagged === undefined ? {} : { untagged: document.untagged }),
    };
  };

  const goOn = async (document: TrackedDocument): Promise<void> => {
    if (unfinished.has(document)) return;
    unfinished.add(document);
    await new Slices().breathe();
    unfinished.delete(document);
    if (documents.get(document.uri) === document) tagging.publish(document);
  };

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
