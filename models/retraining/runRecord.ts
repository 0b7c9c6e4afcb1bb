import type { CalibrationBin } from '../evaluation/calibration';
import type { LayerSpec } from '../tags/layer';

/** What the score of a layer is: `recall` where nothing says which predictions are wrong. */
export type Measure = 'F1' | 'recall' | 'accuracy';

/** How one label does. What could not be measured is null. */
export interface LabelScore {
  /** Labels that were measured on, and how many of them were found. */
  readonly gold: number;
  readonly correct: number;
  /** Predictions that are known to be right or wrong: those of span layers in reviewed sentences only. */
  readonly predicted: number;
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
}

/** How a model does on the held-out labels of one layer. */
export interface LayerScores {
  /** What `score` is; records of earlier versions lack it: F1 of a span layer, accuracy of another. */
  readonly measure?: Measure;
  /** In [0, 1]. */
  readonly score: number;
  /** By label; of token and sentence layers, too. */
  readonly labels: Readonly<Record<string, LabelScore>>;
  /** Sentences that were measured on, those of them marked as reviewed, and all that was predicted in them. */
  readonly sentences?: number;
  readonly reviewed?: number;
  readonly suggested?: number;
  /** Null where nothing says which predictions are wrong. */
  readonly calibration: { readonly error: number; readonly bins: readonly CalibrationBin[] } | null;
}

/** Where a person finds an example: a span of a text of the workspace, half-open UTF-16. */
export interface ExamplePlace {
  /** The text's path in the workspace folder, with `/`. */
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly quote: string;
}

/** How often one label was given where another was right; `O` where a span layer has no label. */
export interface ConfusionCell {
  readonly gold: string;
  readonly predicted: string;
  readonly count: number;
  /** At most five of them. */
  readonly examples: readonly ExamplePlace[];
}

/** What the scores of a layer are divided by before probabilities are taken. */
export interface TemperatureRecord {
  /** That of the model before; 1 for a new layer. */
  readonly before: number;
  readonly temperature: number;
  /** Predictions on sentences not trained on whose truth is known. */
  readonly predictions: number;
  /** False where they were too few: it stayed as it was. */
  readonly fitted: boolean;
}

/** What became of one layer. */
export interface LayerRecord {
  readonly layer: LayerSpec;
  /** `new` and `changed`: the model before had no such layer, or another tag set. `kept`: nothing was learnt. */
  readonly change: 'new' | 'changed' | 'trained' | 'kept';
  /** Labels that it learnt from, by label. */
  readonly examples: Readonly<Record<string, number>>;
  /** How the scores were taken; `none` where there are too few labels. */
  readonly measuredBy: 'held-out' | 'cross-validation' | 'none';
  /** Null where the model before did not know the layer, or nothing could be measured. */
  readonly before: LayerScores | null;
  readonly after: LayerScores | null;
  /** Records of earlier versions lack it: nothing was fitted. */
  readonly temperature?: TemperatureRecord;
  /** Of the new model. */
  readonly confusion: readonly ConfusionCell[];
  /** Mean loss of each epoch, and its score on held-out labels: what `after` measures. */
  readonly curve: readonly { readonly epoch: number; readonly loss: number; readonly dev: number | null }[];
  /** Plain sentences about what is missing or was done with odd labels. */
  readonly notices: readonly string[];
}

/** A prediction that the new model makes differently; labels are null for none. */
export interface Flip extends ExamplePlace {
  readonly layer: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly probability: number;
}

/** `run.json`: what one retraining did. All of the report is drawn from it. */
export interface RunRecord {
  readonly format: 'glossator-run';
  readonly version: 1;
  /** Name of the run's folder: its time, sortable. */
  readonly run: string;
  /** ISO 8601 in UTC. */
  readonly time: string;
  readonly seconds: number;
  /** Id of the new model, and of the one that it was made from. */
  readonly modelId: string;
  readonly baseId: string;
  /** SHA-256 of all labels and texts that it learnt from. */
  readonly dataHash: string;
  readonly seed: number;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly glossator: string;
  readonly texts: number;
  readonly sentences: number;
  /** `worse`: some layer lost on held-out labels, and a person is asked before it serves. */
  readonly verdict: 'better' | 'same' | 'worse' | 'unmeasured';
  readonly layers: readonly LayerRecord[];
  readonly flips: readonly Flip[];
}
