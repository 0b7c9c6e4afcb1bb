import { parentPort, workerData } from 'node:worker_threads';
import { loadBackend } from '../../models/backend';
import { InputError } from '../../models/errors';
import { loadTagger } from '../../models/taggers/loadTagger';
import type { TagRequest, ThreadData, ThreadMessage } from './threadMessages';

/** Entry of the inference thread: loads backend and model, then answers one request after the other. */
async function serve(): Promise<void> {
  const post = (message: ThreadMessage): void => parentPort?.postMessage(message);
  const { backend, directory } = workerData as ThreadData;
  try {
    const { name, notice } = await loadBackend(backend);
    const tagger = await loadTagger(directory);
    // The first call compiles kernels and grows pools; better here than under the user's first edit.
    await tagger.tag([['Warm', 'up', '.']]);
    parentPort?.on('message', ({ id, sentences, layers }: TagRequest) => {
      tagger.tag(sentences, { layers }).then(
        (predictions) => post({ type: 'tagged', id, predictions }),
        (error: unknown) => post({ type: 'error', id, message: sentenceFor(error) }),
      );
    });
    post({ type: 'loaded', modelId: tagger.modelId, layers: tagger.layers, backend: name, notice });
  } catch (error) {
    post({ type: 'failed', message: sentenceFor(error) });
  }
}

function sentenceFor(error: unknown): string {
  if (error instanceof InputError) return error.format();
  return error instanceof Error ? error.message : String(error);
}

void serve();
