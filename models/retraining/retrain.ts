import { createHash } from 'node:crypto';
import * as path from 'node:path';
import { WorkspaceFiles } from '../data/workspaceFiles';
import { InputError } from '../errors';
import type { EmbedderOptions } from '../embedders/openEmbedder';
import { loadTagger } from '../taggers/loadTagger';
import { openModelDirectory, writeModelDirectory } from '../taggers/modelDirectory';
import type { ModelEmbedderOptions } from '../taggers/modelEmbedder';
import type { Tagger, TaggerHead } from '../taggers/tagger';
import type { LayerSpec } from '../tags/layer';
import type { SentenceContent } from '../text/segmenter';
import type { BiLmEmbedder } from '../embedders/biLmEmbedder';
import { findFlips } from './findFlips';
import { type LayerKnowledge, layerKnowledge } from './layerKnowledge';
import { lessonSentences } from './lessonSentences';
import { missingNotices } from './missingNotices';
import type { ModelHistory } from './modelHistory';
import { measuredBy, retrainLayer, trainingsOf } from './retrainLayer';
import type { RetrainProgress } from './retrainProgress';
import { type RetrainSettings, retrainSettingsSchema } from './retrainSettings';
import type { RetrainingText } from './retrainingText';
import type { LayerRecord, RunRecord } from './runRecord';
import { VectorCache } from './vectorCache';

/** What a retraining learns from, and where the model goes. */
export interface Retraining {
  readonly texts: readonly RetrainingText[];
  /** The layers of the project, or the usual ones where it names none. */
  readonly layers: readonly LayerSpec[];
  /** Whether the project names them: then labels that it does not name are dropped from heads that have them. */
  readonly layersChosen: boolean;
  /** The model that serves now. */
  readonly base: string;
  /** The model to start from, and whether somebody chose it; left out: the one that `base` was made from, or `base`. */
  readonly origin?: { readonly directory: string; readonly isChosen: boolean };
  readonly embedder?: EmbedderOptions & { readonly source?: string };
  readonly history: ModelHistory;
  /** Folder of cached vectors. */
  readonly cache: string;
  readonly seed?: number;
  readonly settings?: Partial<RetrainSettings>;
  /** Version of the program, for the record. */
  readonly glossator: string;
  /** Names of texts whose predictions are compared; by default those without labels. */
  readonly flipTexts?: readonly string[];
  /** Sentences of a language on which the model is to stay as it is; left out: none. */
  readonly rehearsal?: (language: string) => Promise<readonly SentenceContent[]>;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * Retrains the layers that have labels and adds the model to the history; which model serves is not changed. The new
 * heads start from the model that the workspace began with, not from an earlier retraining: all labels are still there,
 * so what a model knows follows from its labels alone, and what is held out was never trained on.
 * @throws InputError where there is nothing to learn from, or the base model cannot be loaded
 */
export async function* retrain(input: Retraining, signal?: AbortSignal): AsyncGenerator<RetrainProgress> {
  const begun = performance.now();
  const time = new Date();
  const settings = retrainSettingsSchema.parse(input.settings ?? {});
  const seed = input.seed ?? 1;
  const { texts, history } = input;
  const servingRecord = await history.recordOf(input.base);
  const originDirectory = input.origin?.directory ?? (await originOf(input.base, servingRecord, history));
  const { config, modelId: baseId } = await openModelDirectory(originDirectory);
  const headLayers = config.heads.map(({ layer }) => layer);
  const layers = orderedLayers(input.layers, headLayers, input.layersChosen);
  const knowledge = layers.map((layer) => layerKnowledge(texts, layer));
  const learnt = knowledge.filter(({ examples }) => Object.keys(examples).length > 0);
  const labels = learnt.reduce((sum, { examples }) => sum + total(examples), 0);
  const sentences = new Set(learnt.flatMap(({ known }) => known.map(({ sentence }) => sentence))).size;
  yield { phase: 'read', texts: texts.length, labels, sentences };
  if (servingRecord !== null && servingRecord.baseId !== baseId)
    yield {
      phase: 'notice',
      message: `Retraining starts from another model than the last time: ${originDirectory}`,
    };
  for (const { notices } of knowledge) for (const message of notices) yield { phase: 'notice', message };
  if (labels === 0)
    throw new InputError(
      'There are no confirmed labels to learn from.',
      {},
      'Label some texts of this folder first.',
    );
  const run = await history.begin(time);
  const open: Tagger[] = [];
  const made: TaggerHead[] = [];
  try {
    const load = async (directory: string): Promise<Tagger> => {
      const options: ModelEmbedderOptions = { ...input.embedder, embedder: input.embedder?.source };
      const tagger = await loadTagger(directory, options);
      open.push(tagger);
      return tagger;
    };
    const serving = await load(input.base);
    const origin = originDirectory === input.base ? serving : await load(originDirectory);
    const { embedder } = origin;
    const memorised = memorisedLayers(servingRecord);

    const isKnown = ({ layer }: LayerKnowledge): boolean =>
      headLayers.some(({ name, kind }) => name === layer.name && kind === layer.kind);
    // New heads have nothing to forget.
    const rehearsal = learnt.some(isKnown) ? ((await input.rehearsal?.(config.language)) ?? []) : [];
    const { pool, placesOf } = lessonSentences(texts, learnt, rehearsal, settings.unlabelled);
    const cache = new VectorCache(new WorkspaceFiles(history.root), input.cache);
    const steps = cache.embed(
      pool.map(({ forms }) => forms),
      embedder,
    );
    let step = await steps.next();
    for (; !step.done; step = await steps.next()) {
      signal?.throwIfAborted();
      yield { phase: 'embedding', share: step.value };
    }
    const corpus = step.value;

    const records: LayerRecord[] = [];
    const heads: TaggerHead[] = [...origin.heads];
    const trainings = learnt.map((layer) => trainingsOf(measuredBy(layer, settings)));
    const all = trainings.reduce((a, b) => a + b, 0);
    const trainingBegun = performance.now();
    let trained = 0;
    for (const [k, layer] of learnt.entries()) {
      const { name, kind } = layer.layer;
      const at = heads.findIndex(({ head }) => head.layer.name === name);
      const start = at >= 0 && heads[at].head.layer.kind === kind ? heads[at] : null;
      if (start?.tuned) {
        const message = `The layer ${name} was trained with a biLM of its own; retraining leaves it as it is.`;
        yield { phase: 'notice', message };
        continue;
      }
      const places = placesOf(layer);
      const trainer = retrainLayer({
        ...{ knowledge: layer, start, embedder, settings, seed },
        serving: servingHead(memorised.has(name) ? origin : serving, origin, layer.layer),
        corpus: corpus.subset([...places.known, ...places.others, ...(start ? places.rehearsed : [])]),
      });
      let epoch = await trainer.next();
      for (; !epoch.done; epoch = await trainer.next()) {
        signal?.throwIfAborted();
        const { value } = epoch;
        const share = (trained + value.training - 1 + value.epoch / value.epochs) / all;
        const secondsLeft = ((performance.now() - trainingBegun) / 1000) * (1 / share - 1);
        yield {
          ...{ phase: 'epoch', layer: name, secondsLeft, loss: value.loss, dev: value.dev },
          epoch: (value.training - 1) * value.epochs + value.epoch,
          epochs: value.trainings * value.epochs,
        };
      }
      trained += trainings[k];
      const { trained: head, record } = epoch.value;
      made.push(head);
      heads.splice(at < 0 ? heads.length : at, at < 0 ? 0 : 1, head);
      const notices = [...record.notices, ...missingNotices(layer, record)];
      for (const message of notices.slice(record.notices.length)) yield { phase: 'notice', message };
      records.push({ ...record, notices });
    }
    for (const { head } of heads)
      if (!records.some(({ layer }) => layer.name === head.layer.name)) records.push(keptRecord(head.layer));

    const dataHash = hashOf(texts);
    const modelId = await writeModelDirectory(run.partial, {
      language: config.language,
      embedder: 'external' in config.embedder ? config.embedder : (embedder as BiLmEmbedder),
      heads,
      training: { ...config.training, retraining: { base: baseId, seed, dataHash, settings } },
    });
    yield { phase: 'measuring', share: 0 };
    const renewed = await load(run.partial); // checks format, checksums, shapes; and it must be able to tag
    const flips = await findFlips(serving, renewed, texts, input.flipTexts, signal);
    yield { phase: 'measuring', share: 1 };
    signal?.throwIfAborted();
    const record: RunRecord = {
      ...{ format: 'glossator-run', version: 1, run: run.run, time: time.toISOString() },
      seconds: Math.round(performance.now() - begun) / 1000,
      ...{ modelId, baseId, dataHash, seed },
      settings: {
        ...settings,
        origin: path.resolve(originDirectory),
        isOriginChosen: input.origin?.isChosen ?? false,
      },
      ...{ glossator: input.glossator, texts: texts.length, sentences },
      ...{ verdict: verdictOf(records), layers: records, flips },
    };
    const directory = await run.commit(record);
    yield { phase: 'done', record, directory };
  } finally {
    for (const { head } of made) head.dispose();
    for (const tagger of open) tagger.dispose();
    await run.abandon();
  }
}

const total = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((a, b) => a + b, 0);

/**
 * The layers to learn, with the labels that a head has already in its order and new ones behind them.
 * @param heads layers of the model to start from
 * @param isChosen whether the project says which labels there are; otherwise those of the heads stay
 */
function orderedLayers(
  layers: readonly LayerSpec[],
  heads: readonly LayerSpec[],
  isChosen: boolean,
): LayerSpec[] {
  return layers.map((layer) => {
    const head = heads.find(({ name, kind }) => name === layer.name && kind === layer.kind);
    const kept = (head?.labels ?? []).filter((label) => !isChosen || layer.labels.includes(label));
    return { ...layer, labels: [...new Set([...kept, ...layer.labels])] };
  });
}

/**
 * Layers in which the model that serves learnt from every label, for want of enough to hold some out: asked for them
 * again it would seem better than any other. The original model is compared instead.
 */
function memorisedLayers(record: RunRecord | null): ReadonlySet<string> {
  const learnt = (record?.layers ?? []).filter(
    ({ change, measuredBy: how }) => change !== 'kept' && how !== 'held-out',
  );
  return new Set(learnt.map(({ layer }) => layer.name));
}

/** The head to compare with, where its embedder is the same. */
function servingHead(serving: Tagger, origin: Tagger, layer: LayerSpec): TaggerHead | null {
  if (serving !== origin && serving.embedder.id !== origin.embedder.id) return null;
  const found = serving.heads.find(({ head }) => head.layer.name === layer.name);
  return found && found.head.layer.kind === layer.kind && !found.tuned ? found : null;
}

function keptRecord(layer: LayerSpec): LayerRecord {
  return {
    ...{ layer, change: 'kept', examples: {}, measuredBy: 'none', before: null, after: null },
    ...{ confusion: [], curve: [], notices: [] },
  };
}

function hashOf(texts: readonly RetrainingText[]): string {
  return sha256(JSON.stringify(texts.map(({ name, text, labels }) => [name, text, labels])));
}

/**
 * The model that a retraining starts from: for a retrained model the one that it was made from, as long as that is
 * there; for any other model itself.
 * @param record of the retraining that made `base`, as it was read; null where none did
 * @throws InputError where that one lies outside the workspace
 */
async function originOf(base: string, record: RunRecord | null, history: ModelHistory): Promise<string> {
  const settings: Readonly<Record<string, unknown>> | undefined = record?.settings;
  const origin = settings?.origin;
  return typeof origin === 'string' && (await history.hasModel(origin)) ? origin : base;
}

/** A change of a score in [0, 1] that is no change. */
const noChange = 0.005;

/** Worse where any layer lost; better where one gained, or a new one is of some use. */
function verdictOf(layers: readonly LayerRecord[]): RunRecord['verdict'] {
  const changes = layers.flatMap(({ before, after }) =>
    before && after ? [after.score - before.score] : [],
  );
  if (changes.some((change) => change < -noChange)) return 'worse';
  if (changes.some((change) => change > noChange)) return 'better';
  const isNew = layers.some(({ change, after }) => change === 'new' && after && after.score > 0);
  if (isNew) return 'better';
  return changes.length > 0 ? 'same' : 'unmeasured';
}
