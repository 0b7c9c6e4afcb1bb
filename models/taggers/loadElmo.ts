import { embedderSource } from '../embedders/embedderSource';
import { type LoadProgress, reporting } from '../embedders/loadProgress';
import { openBiLm } from '../embedders/openEmbedder';
import { InputError } from '../errors';
import { BiLm } from '../nn/biLm';

/**
 * Loads the biLM that `source` names, in any form that `openEmbedder` takes but that of a TensorFlow Hub module.
 * @throws InputError as `openEmbedder` does, and for a module
 */
export async function loadElmo(source: string, progress?: LoadProgress): Promise<BiLm> {
  const found = embedderSource(source);
  if (found.kind === 'hub')
    throw new InputError('A TensorFlow Hub module gives no weights to read.', { file: source });
  const file = await openBiLm(found);
  try {
    return new BiLm(file.options, reporting(file, progress));
  } finally {
    file.close();
  }
}
