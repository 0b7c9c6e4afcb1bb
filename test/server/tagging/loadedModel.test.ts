import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { InputError } from '../../../models/errors';
import { DocumentStore } from '../../../server/documents/documentStore';
import { ModelLoader, type RunningTagger } from '../../../server/tagging/modelLoader';
import { PredictionCache } from '../../../server/tagging/predictionCache';
import { TaggingService } from '../../../server/tagging/taggingService';
import type { ModelSource } from '../../../server/tagging/threadMessages';
import type { WantedModel } from '../../../server/tagging/wish';
import { lexiconTagger } from '../features/lexiconTagger';

const sourceOf = (directory: string): ModelSource => ({ directory, backend: 'auto' }) as ModelSource;

/** A loader whose models begin at once, unless their name says that they cannot. */
class Loading {
  readonly warned: string[] = [];
  readonly started: string[] = [];
  readonly tagging = new TaggingService(new PredictionCache(10));
  /** Ends the model of a directory. */
  readonly crash = new Map<string, () => void>();
  warning: string | undefined;
  readonly loader = new ModelLoader((source) => this.#start(source), this.tagging, new DocumentStore(), {
    log: () => undefined,
    warn: (sentence) => this.warned.push(sentence),
  });

  async want(model: string | WantedModel): Promise<string> {
    const wanted = typeof model === 'string' ? { source: sourceOf(model) } : model;
    return (await this.loader.want({ wanted: () => Promise.resolve(wanted) })).kind;
  }

  get serving(): string | null {
    return this.tagging.model.modelId;
  }

  async #start({ directory }: ModelSource): Promise<RunningTagger> {
    this.started.push(directory);
    if (directory.startsWith('bad')) throw new InputError(`${directory} is broken.`);
    const { warning } = this;
    const ended = new Promise<Error>((resolve) =>
      this.crash.set(directory, () => resolve(new Error(`${directory} stopped.`))),
    );
    return { ...lexiconTagger(directory), ended, ...(warning === undefined ? {} : { warning }) };
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the model that serves', () => {
  it('is described with where it came from, until it crashes', async () => {
    const loading = new Loading();
    const { loader } = loading;
    assert.deepEqual([loader.backend, loader.details, loader.source], [null, null, null]);
    assert.equal(await loading.want('one'), 'serves');
    const { backend } = lexiconTagger('one');
    const { modelId, directory, backend: described } = loader.details ?? {};
    assert.deepEqual([loader.backend, described, modelId, directory], [backend, backend, 'one', 'one']);
    loading.crash.get('one')?.();
    await turn();
    assert.deepEqual([loader.details, loading.tagging.failure], [null, 'one stopped.']);
    assert.deepEqual([loader.backend, loader.source], [backend, sourceOf('one')]);
  });

  it('does not mind when one that served before it ends', async () => {
    const loading = new Loading();
    await loading.want('one');
    await loading.want('two');
    loading.crash.get('one')?.();
    await turn();
    assert.deepEqual([loading.serving, loading.tagging.failure], ['two', undefined]);
  });

  it('is not loaded again when it is wanted again', async () => {
    const loading = new Loading();
    for (const _ of [1, 2]) assert.equal(await loading.want('one'), 'serves');
    assert.deepEqual(loading.started, ['one']);
  });

  it('has its warning told once, and once more after another one', async () => {
    const loading = new Loading();
    for (const [directory, warning] of [
      ['one', undefined],
      ['two', 'slow'],
      ['three', 'slow'],
      ['four', 'old'],
      ['five', undefined],
      ['six', 'old'],
    ] as const) {
      loading.warning = warning;
      await loading.want(directory);
    }
    assert.deepEqual(loading.warned, ['slow', 'old', 'old']);
  });

  it('is not brought back before one was wanted', async () => {
    const loading = new Loading();
    loading.tagging.fail('Nothing serves.');
    await loading.loader.recover();
    assert.deepEqual(loading.started, []);
  });
});

describe('a model that cannot be had', () => {
  const instead = { source: sourceOf('one'), sentence: (why: string) => `${why} So one it is.` };

  it('leaves its place to another one, is told once, and is not tried again until it is asked for', async () => {
    for (const before of ['one', 'two', undefined]) {
      const loading = new Loading();
      if (before !== undefined) await loading.want(before);
      for (const _ of [1, 2]) {
        assert.equal(await loading.want({ source: sourceOf('bad'), instead }), 'refused');
        assert.equal(loading.serving, 'one');
        assert.equal(loading.loader.damage, 'bad is broken. So one it is.');
      }
      assert.deepEqual(loading.warned, ['bad is broken. So one it is.']);
      const first = before === undefined ? [] : [before];
      assert.deepEqual(loading.started, [...first, 'bad', ...(before === 'one' ? [] : ['one'])]);
      await loading.loader.recover();
      assert.equal(loading.started.filter((name) => name === 'bad').length, 2);
    }
  });

  it('keeps what served, and without that nothing serves', async () => {
    const loading = new Loading();
    assert.equal(await loading.want('bad'), 'refused');
    assert.deepEqual([loading.serving, loading.tagging.failure], [null, 'bad is broken.']);
    await loading.want('one');
    for (const _ of [1, 2]) assert.equal(await loading.want('bad'), 'refused');
    assert.deepEqual([loading.serving, loading.tagging.failure], ['one', undefined]);
    assert.deepEqual(loading.warned, ['bad is broken. The model before it is still in use.']);
  });

  it('is not even loaded where that is forbidden, nor on trial', async () => {
    const loading = new Loading();
    const forbidden = new InputError('Not in this folder.');
    const wanted = { source: sourceOf('two'), forbidden };
    await loading.want('one');
    assert.equal(await loading.want(wanted), 'refused');
    const trial = { settle: () => Promise.reject(new Error('never')) };
    const verdict = await loading.loader.want({ wanted: () => Promise.resolve(wanted), trial });
    assert.deepEqual(verdict, { kind: 'refused', reason: forbidden });
    assert.deepEqual([loading.started, loading.serving], [['one'], 'one']);
  });
});
