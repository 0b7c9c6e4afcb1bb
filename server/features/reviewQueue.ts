import { didChangeReviewQueue } from '../protocol/queue';
import { wire } from '../protocol/wire/schemas';
import { Explorations } from '../queue/explorations';
import { ReviewQueue } from '../queue/reviewQueue';
import { WorkspaceSentences } from '../queue/workspaceSentences';
import type { FeatureContext } from '../services';

/** The review queue: nothing is looked at before a client asks for it. */
export function register({ connection, incoming, services }: FeatureContext): void {
  const { labelFolders, openLabels, documents, settings, tagging, watchedFiles } = services;
  const queue = new ReviewQueue({
    sentences: new WorkspaceSentences(labelFolders, openLabels, documents, settings),
    explorations: new Explorations(tagging),
    open: openLabels,
    tagging,
    settings,
  });
  queue.changed.on((params) => void connection.sendNotification(didChangeReviewQueue, params));
  watchedFiles.on(() => queue.schedule());
  documents.closed.on(() => queue.schedule());
  incoming.request(wire.reviewQueue, ({ layer }) => queue.want(layer));
}
