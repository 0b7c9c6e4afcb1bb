import { type MessagePort, parentPort } from 'node:worker_threads';
import { explore } from '../../models/activeLearning/explore';
import { loadBackend } from '../../models/backend';
import { InputError } from '../../models/errors';
import { loadTagger } from '../../models/taggers/loadTagger';
import type { Tagger } from '../../models/taggers/tagger';
import { taggerDetails } from '../../models/taggers/taggerDetails';
import type { LoadedModel, ModelSource, ThreadAnswer, ThreadRequest } from './threadMessages';

/** Entry of the inference thread: loads a model, tags with it and lets it go, one request after the other. */
function serve(port: MessagePort): void {
  let tagger: Tagger | undefined;

  const load = async ({ backend, directory, embedder }: ModelSource): Promise<LoadedModel> => {
    const { name, notice } = await loadBackend(backend);
    let warning: string | undefined;
    tagger = await loadTagger(directory, {
      ...embedder,
      embedder: embedder?.source,
      notice: (sentence) => (warning = sentence),
    });
    // The first call grows pools and compiles kernels: better here than under the user's first edit.
    await tagger.tag([['Warm', 'up', '.']]);
    const { modelId, layers } = tagger;
    return { modelId, layers, details: taggerDetails(tagger), backend: name, notice, warning };
  };

  const answer = async (request: Exclude<ThreadRequest, { type: 'close' }>): Promise<ThreadAnswer> => {
    const { id } = request;
    if (request.type === 'load') return { type: 'loaded', id, model: await load(request) };
    if (tagger === undefined) throw new Error('No model is loaded.');
    const { sentences, layers } = request;
    if (request.type === 'explore')
      return { type: 'explored', id, explorations: await explore(tagger, sentences, layers) };
    return { type: 'tagged', id, predictions: await tagger.tag(sentences, { layers }) };
  };

  port.on('message', (request: ThreadRequest) => {
    if (request.type === 'close') {
      tagger?.dispose();
      port.close();
      return;
    }
    answer(request).then(
      (message) => port.postMessage(message),
      (error: unknown) =>
        port.postMessage({
          type: 'failed',
          id: request.id,
          message: sentenceFor(error),
        } satisfies ThreadAnswer),
    );
  });
}

function sentenceFor(error: unknown): string {
  if (error instanceof InputError) return error.format();
  return error instanceof Error ? error.message : String(error);
}

if (parentPort !== null) serve(parentPort);
