import type { LabelDocument } from './labelDocument';
import { type LabelMaker, type LabelOperation, type LabelStep, stepOf, takeStep } from './labelOperation';

/** What an operation did, and in which text. */
export type TextStep = LabelStep & { readonly path: string };

/**
 * Does all operations to the labels of texts, in memory.
 * @param operations by the names of `documents`
 * @throws InputError where one is not possible, and then takes back those before it
 */
export function takeOperations(
  documents: readonly LabelDocument[],
  operations: ReadonlyMap<string, readonly LabelOperation[]>,
  maker: LabelMaker,
): TextStep[] {
  const steps: { readonly document: LabelDocument; readonly step: LabelStep }[] = [];
  try {
    for (const document of documents)
      for (const operation of operations.get(document.name) ?? []) {
        const step = stepOf(operation, document.live, maker);
        takeStep(document.live, step);
        steps.push({ document, step });
      }
  } catch (error) {
    for (const { document, step } of steps.reverse())
      takeStep(document.live, { before: step.after, after: step.before });
    throw error;
  }
  return steps.map(({ document, step }) => ({ path: document.name, ...step }));
}
