import { realpathSync } from 'node:fs';
import * as path from 'node:path';
import type { UnnamedDocument } from '../../models/formats/format';
import type { NamedInput } from './readInputs';

/** Sets of inputs; of one that an output replaces while others are still to be written, the documents are held. */
export async function withoutOverwriting<OutputSet extends { readonly inputs: readonly NamedInput[] }>(
  sets: readonly OutputSet[],
  outputs: readonly string[],
): Promise<OutputSet[]> {
  if (sets.length < 2) return [...sets]; // one file takes its name when all is written
  const replaced = new Set(outputs.map(realPlace));
  const hold = async (one: NamedInput): Promise<NamedInput> => {
    const { input } = one;
    if (!input.isStreamed || !replaced.has(realPlace(input.file))) return one;
    const held: UnnamedDocument[] = [];
    for await (const document of input.documents()) held.push(document);
    return { ...one, input: { ...input, documents: () => held } };
  };
  const safe: OutputSet[] = [];
  for (const set of sets) safe.push({ ...set, inputs: await Promise.all(set.inputs.map(hold)) });
  return safe;
}

function realPlace(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return path.resolve(file); // it is not there yet
  }
}
