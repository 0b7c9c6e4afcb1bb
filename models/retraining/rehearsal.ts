import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { packageRoot } from '../packageRoot';
import { type SentenceContent, segment } from '../text/segmenter';

/**
 * Sentences of everyday prose, written for this purpose, one or a few on a line: what a model says of them is what a
 * retraining is not to change (rehearsal, Robins 1995, with new items in place of the learnt ones).
 * @param language of the model
 * @returns none for a language that has no such text
 */
export async function readRehearsal(language: string): Promise<SentenceContent[]> {
  if (!/^[a-z]{2,3}$/.test(language)) return [];
  const file = path.join(packageRoot(), 'models', 'rehearsal', `${language}.txt`);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text.split('\n').flatMap((line) => segment(line, 'plain').map(({ content }) => content));
}
