import type { TagOptions } from '../../models/taggers/prediction';
import { InferenceThread } from './inferenceThread';
import type { RunningTagger, StartTagger } from './modelLoader';
import type { LoadedModel, ThreadAnswer } from './threadMessages';

/**
 * Starts every tagger in a thread of its own, which ends with it. So a model is loaded, tried out and warm before it
 * takes over, while the one before tags on its thread as if nothing happened: one thread for both would let an edit
 * wait for all of that. What it costs is a second copy of the weights for these seconds; libtensorflow and its pool of
 * threads belong to the process, and the memory of a WebAssembly instance goes with its thread.
 *
 * Models are loaded one after the other: libtensorflow's binding keeps names of attributes in a set that all threads
 * share and none locks. A thread that has tagged only reads it.
 */
export function threadTaggers(createThread = (): InferenceThread => new InferenceThread()): StartTagger {
  let last: Promise<unknown> = Promise.resolve();
  return (source) => {
    const started = last.then(async () => {
      const thread = createThread();
      try {
        return taggerOf(thread, modelOf(await thread.call((id) => ({ type: 'load', id, ...source }))));
      } catch (error) {
        thread.stop();
        throw error;
      }
    });
    last = started.catch(() => undefined);
    return started;
  };
}

function modelOf(answer: ThreadAnswer): LoadedModel {
  if (answer.type === 'loaded') return answer.model;
  throw new Error(`The tagger answered "${answer.type}" when it was to load.`);
}

/** A batch that runs cannot be stopped; `signal` is looked at before. */
function taggerOf(thread: InferenceThread, loaded: LoadedModel): RunningTagger {
  return {
    ...loaded,
    ended: thread.ended,
    async tag(sentences, { layers, signal }: TagOptions = {}) {
      signal?.throwIfAborted();
      const answer = await thread.call((id) => ({ type: 'tag', id, sentences, layers }));
      if (answer.type !== 'tagged')
        throw new Error(`The tagger answered "${answer.type}" when it was to tag.`);
      return answer.predictions;
    },
    async explore(sentences, layers) {
      const answer = await thread.call((id) => ({ type: 'explore', id, sentences, layers }));
      if (answer.type !== 'explored')
        throw new Error(`The tagger answered "${answer.type}" when it was to explore.`);
      return answer.explorations;
    },
    dispose: () => thread.stop(),
  };
}
