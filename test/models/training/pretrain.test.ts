import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { loadBackend, tf } from '../../../models/backend';
import { biLmRecord } from '../../../models/training/biLmRecord';
import { Random } from '../../../models/random';
import {
  pretrain,
  type PretrainOptions,
  type PretrainProgress,
  rateFactor,
} from '../../../models/training/pretrain';
import { pretrainDefaults } from '../../../models/training/pretrainDefaults';
import { tinyElmo } from '../tinyModel';

const options: PretrainOptions = {
  ...pretrainDefaults,
  elmo: tinyElmo,
  vocabularySize: 60,
  sampleSize: 24,
  tokens: 9000,
  batchTokens: 256,
  warmup: 10,
  rates: { network: 1e-2, output: 0.1 },
  heldOutTokens: 200,
  dropout: 0.1,
};

/** Lines of a little grammar: what comes next can be learned. */
function line(random: Random): string {
  const pick = (words: string[]): string => words[random.below(words.length)];
  const noun = (): string => pick(['ship', 'bird', 'river', 'teacher', 'letter']);
  return `The ${noun()} ${pick(['saw', 'found', 'left'])} a ${pick(['small', 'green', 'quiet'])} ${noun()}.`;
}

describe('pretraining', () => {
  let folder = '';
  let corpus = '';
  before(async () => {
    await loadBackend('auto');
    folder = await mkdtemp(path.join(tmpdir(), 'glossator-pretrain-'));
    corpus = path.join(folder, 'corpus');
    const { mkdir } = await import('node:fs/promises');
    await mkdir(corpus);
    const random = new Random(8);
    const lines = (count: number): string =>
      Array.from({ length: count }, () => `${line(random)}\n`).join('');
    await writeFile(path.join(corpus, 'one.txt'), lines(400));
    await writeFile(path.join(corpus, 'two.txt'), lines(400));
    await writeFile(path.join(corpus, 'valid.txt'), lines(60));
  });
  after(() => rm(folder, { recursive: true }));

  /** Runs until the end, or until `stop` says so. */
  async function run(
    name: string,
    changes: Partial<PretrainOptions> = {},
    resume = false,
    stop: (progress: PretrainProgress) => boolean = () => false,
  ): Promise<PretrainProgress[]> {
    const seen: PretrainProgress[] = [];
    for await (const progress of pretrain(
      corpus,
      path.join(folder, name),
      { ...options, ...changes },
      resume,
    )) {
      seen.push(progress);
      if (stop(progress)) break;
    }
    return seen;
  }

  const weights = (name: string): Promise<Buffer> => readFile(path.join(folder, name, 'weights.safetensors'));

  it('learns to predict, in both directions', async () => {
    const tensors = tf.memory().numTensors;
    const seen = await run('whole');
    const measured = seen.filter((progress) => progress.phase === 'measured');
    const last = measured[measured.length - 1];
    // 20 words at most in any place; without the grammar the perplexity is that of single words, above 12.
    assert.ok(last.forward < 6 && last.backward < 6, JSON.stringify(last));
    assert.deepEqual(seen[seen.length - 1], { phase: 'done', tokens: last.tokens, finished: true });
    assert.equal(tf.memory().numTensors, tensors);
  });

  it('goes on from a checkpoint as if it had never stopped, to the last bit', async () => {
    // A checkpoint after every step; the run is left for good at the seventh.
    let checkpoints = 0;
    const often = { checkpointMinutes: 0, tokens: 2500 };
    await run('straight', often);
    await run('broken', often, false, ({ phase }) => phase === 'measured' && ++checkpoints === 7);
    await run('broken', often, true);
    assert.ok((await weights('straight')).equals(await weights('broken')));
  });

  it('leaves a record of how the biLM was made', async () => {
    await run('recorded', { tokens: 1000 });
    const record = await biLmRecord(path.join(folder, 'recorded'));
    assert.ok(record?.perplexity);
    assert.ok(record.tokens >= 1000 && record.tokens < 1300 && record.corpus.sentences === 800);
    assert.deepEqual([record.seed, record.sample, record.shares], [1, 1, {}]);
    assert.equal(await biLmRecord(corpus), null);
  });

  it('stops where it is told to, at the same checkpoint as a run that goes on', async () => {
    const short = { tokens: 2500, checkpointMinutes: 0 };
    const seen = (await run('onward', short)).filter((progress) => progress.phase === 'measured');
    const { tokens, sha256 } = seen[3];
    // One token before its end the step is taken whole, too.
    const stopped = await run('stopped', { ...short, checkpointMinutes: 60, stopAfter: tokens - 1 });
    assert.deepEqual(stopped.at(-1), { phase: 'done', tokens, finished: false });
    const [checkpoint] = stopped.filter((progress) => progress.phase === 'measured');
    assert.equal(checkpoint.sha256, sha256);
    const [header, row] = (await readFile(path.join(folder, 'stopped', 'curve.csv'), 'utf8')).split('\n');
    assert.equal(header, 'tokens,forward,backward,seconds,sha256');
    assert.deepEqual([row.split(',')[0], row.split(',')[4]], [String(tokens), sha256]);
    const file = await readFile(path.join(folder, 'stopped', 'checkpoint', 'step-1.safetensors'));
    assert.equal(createHash('sha256').update(file).digest('hex'), sha256);
  });

  it('raises the learning rate first and lets it fall to nothing', () => {
    const factors = [0, 4, 9, 50, 100].map((step) => rateFactor(step, 10, step / 100));
    assert.deepEqual(factors, [0.1, 0.5 * 0.96, 0.91, 0.5, 0]);
  });

  it('takes another share of the files that are named', async () => {
    const sentences = async (name: string, changes: Partial<PretrainOptions>): Promise<number> => {
      await run(name, { ...changes, tokens: 1 });
      const text = await readFile(path.join(folder, name, 'corpus', 'prepared.json'), 'utf8');
      return (JSON.parse(text) as { sentences: number }).sentences;
    };
    const fewOfBoth = await sentences('few', { sample: 0.05 });
    const allOfOne = await sentences('shares', { sample: 0.05, shares: { 'two.txt': 1 } });
    assert.ok(fewOfBoth < 80, String(fewOfBoth)); // of 800
    assert.ok(allOfOne >= 400 && allOfOne < 440, String(allOfOne));
    await assert.rejects(run('wrong', { shares: { 'three.txt': 1 } }), /no training file "three.txt"/);
  });

  it('says what is wrong with the corpus', async () => {
    await assert.rejects(
      pretrain(path.join(folder, 'nowhere'), folder, options, false).next(),
      /no such folder/,
    );
    const empty = await mkdtemp(path.join(folder, 'empty-'));
    await assert.rejects(pretrain(empty, folder, options, false).next(), /no text/);
  });
});
