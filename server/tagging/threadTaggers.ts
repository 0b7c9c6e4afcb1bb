import type { TagOptions } from '../../models/taggers/prediction';
import { InferenceThread } from './inferenceThread';
import type { RunningTagger, StartTagger } from './modelLoader';
import type { LoadedModel, ModelSource } from './threadMessages';

/** A thread with the models that it has loaded, by the request that loaded them. */
interface Host {
  readonly thread: InferenceThread;
  readonly models: Set<number>;
}

/**
 * Starts taggers in threads of their own: one thread for each backend asked for, shared by its models.
 * It ends with the last of them.
 */
export function threadTaggers(createThread = (): InferenceThread => new InferenceThread()): StartTagger {
  const hosts = new Map<ModelSource['backend'], Host>();
  return async (source) => {
    const held = hosts.get(source.backend);
    const host = held?.thread.isAlive ? held : { thread: createThread(), models: new Set<number>() };
    hosts.set(source.backend, host);
    let model = -1;
    const answer = await host.thread.call((id) => ({ type: 'load', id: (model = id), ...source }));
    if (answer.type !== 'loaded')
      throw new Error(`The tagger answered "${answer.type}" when it was to load.`);
    host.models.add(model);
    return taggerOf(host, model, answer.model);
  };
}

/** A batch that runs cannot be stopped; `signal` is looked at before. */
function taggerOf({ thread, models }: Host, model: number, loaded: LoadedModel): RunningTagger {
  return {
    ...loaded,
    ended: thread.ended,
    async tag(sentences, { layers, signal }: TagOptions = {}) {
      signal?.throwIfAborted();
      const answer = await thread.call((id) => ({ type: 'tag', id, model, sentences, layers }));
      if (answer.type !== 'tagged')
        throw new Error(`The tagger answered "${answer.type}" when it was to tag.`);
      return answer.predictions;
    },
    async explore(sentences, layers) {
      const answer = await thread.call((id) => ({ type: 'explore', id, model, sentences, layers }));
      if (answer.type !== 'explored')
        throw new Error(`The tagger answered "${answer.type}" when it was to explore.`);
      return answer.explorations;
    },
    dispose() {
      if (!models.delete(model)) return;
      if (models.size === 0) thread.stop();
      else thread.tell({ type: 'unload', model });
    },
  };
}
