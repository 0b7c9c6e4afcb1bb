import { parentPort } from 'node:worker_threads';
import { explore } from '../../models/activeLearning/explore';
import { loadBackend, tf } from '../../models/backend';
import { InputError } from '../../models/errors';
import { loadTagger } from '../../models/taggers/loadTagger';
import type { Tagger } from '../../models/taggers/tagger';
import { taggerDetails } from '../../models/taggers/taggerDetails';
import type { LoadedModel, ModelSource, ThreadAnswer, ThreadRequest } from './threadMessages';

/** Entry of the inference thread: loads models, tags with them and lets them go, one request after the other. */
function serve(post: (answer: ThreadAnswer) => void): (request: ThreadRequest) => void {
  const taggers = new Map<number, Tagger>();

  const load = async (id: number, { backend, directory, embedder }: ModelSource): Promise<LoadedModel> => {
    const { name, notice } = await loadBackend(backend);
    // libtensorflow takes the process down when a thread ends that loaded it and never computed anything.
    tf.tidy(() => tf.add(1, 1).dataSync());
    let warning: string | undefined;
    const tagger = await loadTagger(directory, {
      ...embedder,
      embedder: embedder?.source,
      notice: (sentence) => (warning = sentence),
    });
    // The first call grows pools and compiles kernels: better here than under the user's first edit.
    await tagger.tag([['Warm', 'up', '.']]);
    taggers.set(id, tagger);
    const { modelId, layers } = tagger;
    return { modelId, layers, details: taggerDetails(tagger), backend: name, notice, warning };
  };

  const answer = async (request: Exclude<ThreadRequest, { type: 'unload' }>): Promise<ThreadAnswer> => {
    const { id } = request;
    if (request.type === 'load') return { type: 'loaded', id, model: await load(id, request) };
    const tagger = taggers.get(request.model);
    if (tagger === undefined) throw new Error('The model is not loaded.');
    const { sentences, layers } = request;
    if (request.type === 'explore')
      return { type: 'explored', id, explorations: await explore(tagger, sentences, layers) };
    return {
      type: 'tagged',
      id,
      predictions: await tagger.tag(sentences, { layers }),
    };
  };

  return (request) => {
    if (request.type === 'unload') {
      taggers.get(request.model)?.dispose();
      taggers.delete(request.model);
      return;
    }
    answer(request).then(post, (error: unknown) => {
      post({ type: 'failed', id: request.id, message: sentenceFor(error) });
    });
  };
}

function sentenceFor(error: unknown): string {
  if (error instanceof InputError) return error.format();
  return error instanceof Error ? error.message : String(error);
}

const post = (answer: ThreadAnswer): void => parentPort?.postMessage(answer);

parentPort?.on('message', serve(post));
