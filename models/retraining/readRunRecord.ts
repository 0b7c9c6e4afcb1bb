import * as z from 'zod';
import { parseJson } from '../data/parseJson';
import type { RunRecord } from './runRecord';

const fraction = z.number().nullable();
const count = z.number();

const label = z.looseObject({
  ...{ gold: count, correct: count, predicted: count },
  ...{ precision: fraction, recall: fraction, f1: fraction },
});

const scores = z.looseObject({
  measure: z.enum(['F1', 'recall', 'accuracy']).optional(),
  score: z.number(),
  labels: z.record(z.string(), label),
  sentences: count.optional(),
  reviewed: count.optional(),
  suggested: count.optional(),
  calibration: z
    .looseObject({
      error: z.number(),
      bins: z.array(z.looseObject({ count, confidence: z.number(), accuracy: z.number() })),
    })
    .nullable(),
});

const place = { file: z.string(), start: z.number(), end: z.number(), quote: z.string() };

const layer = z.looseObject({
  layer: z.looseObject({
    name: z.string(),
    kind: z.enum(['token', 'span', 'sentence']),
    labels: z.array(z.string()),
  }),
  change: z.enum(['new', 'changed', 'trained', 'kept']),
  examples: z.record(z.string(), count),
  measuredBy: z.enum(['held-out', 'cross-validation', 'none']),
  before: scores.nullable(),
  after: scores.nullable(),
  temperature: z
    .looseObject({ before: z.number(), temperature: z.number(), predictions: count, fitted: z.boolean() })
    .optional(),
  confusion: z.array(
    z.looseObject({
      ...{ gold: z.string(), predicted: z.string(), count },
      examples: z.array(z.looseObject(place)),
    }),
  ),
  curve: z.array(z.looseObject({ epoch: count, loss: z.number(), dev: fraction })),
  notices: z.array(z.string()),
});

const record: z.ZodType<RunRecord> = z.looseObject({
  format: z.literal('glossator-run'),
  version: z.literal(1),
  ...{ run: z.string(), time: z.string(), seconds: z.number() },
  ...{ modelId: z.string(), baseId: z.string(), dataHash: z.string(), seed: z.number() },
  settings: z.record(z.string(), z.unknown()),
  ...{ glossator: z.string(), texts: count, sentences: count },
  verdict: z.enum(['better', 'same', 'worse', 'unmeasured']),
  layers: z.array(layer),
  flips: z.array(
    z.looseObject({
      ...place,
      layer: z.string(),
      before: z.string().nullable(),
      after: z.string().nullable(),
      probability: z.number(),
    }),
  ),
});

/** The record in the text of a `run.json`, or null where it is none: the report draws all that it says. */
export function readRunRecord(text: string): RunRecord | null {
  try {
    const value = parseJson(text);
    // Not what zod makes of it: the report keeps the order in which things were written.
    return record.safeParse(value).success ? (value as RunRecord) : null;
  } catch {
    return null;
  }
}
