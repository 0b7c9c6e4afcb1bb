import * as z from 'zod';
import { isLayerName } from '../../models/tags/layer';

const named = z.string().min(1);

const labelSchema = z.strictObject({
  name: named.describe('The label, as it stands in annotations and in the model.'),
  description: z.string().optional().describe('What it is for, in one line.'),
  color: z
    .string()
    .regex(/^[A-Za-z][\w.-]*$/, 'must be the id of a theme colour')
    .optional()
    .describe('The id of a theme colour, such as "charts.blue".'),
  key: z
    .string()
    .regex(/^\S$/u, 'must be one key')
    .optional()
    .describe('The key that gives it in annotation mode.'),
});

const layerSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[\w-]+$/, 'may hold letters, digits, _ and - only')
    .refine(isLayerName, 'is taken by JavaScript; choose another name'),
  kind: z
    .enum(['token', 'span', 'sentence'])
    .describe('What is labelled: every word, runs of words, or whole sentences.'),
  overlap: z.boolean().optional().describe('Spans only: whether they may overlap. False when left out.'),
  labels: z.array(labelSchema).superRefine(unique('name', 'label')).superRefine(unique('key', 'key')),
});

/** Adds an issue for every value of `field` that stands twice. */
function unique<K extends string>(field: K, what: string) {
  return (all: readonly Partial<Record<K, unknown>>[], context: z.RefinementCtx): void => {
    const seen = new Set<unknown>();
    for (const [i, { [field]: value }] of all.entries()) {
      if (value !== undefined && seen.has(value))
        context.addIssue({ code: 'custom', path: [i, field], message: `duplicate ${what}` });
      seen.add(value);
    }
  };
}

/** `.glossator/project.json`. What it does not know is kept, for newer versions. */
export const projectSchema = z
  .looseObject({
    layers: z
      .array(layerSchema)
      .superRefine(unique('name', 'layer'))
      .optional()
      .describe('What is annotated. Left out: parts of speech (pos) and entities (ner).'),
    annotator: z
      .string()
      .optional()
      .describe('Who labels; left out, the name in the git settings or the account.'),
    model: z.string().optional().describe('A model directory, relative to the workspace folder.'),
    embedder: z
      .string()
      .optional()
      .describe('An embedder: a model, ELMo weights or a TF Hub module, relative to the workspace folder.'),
  })
  .describe('The project of Glossator in this folder.');

/** A project as its file says it. */
export type Project = z.infer<typeof projectSchema>;
export type ProjectLayer = NonNullable<Project['layers']>[number];
export type ProjectLabel = ProjectLayer['labels'][number];
