import { InputError } from '../errors';
import { LONGEST_SENTENCE } from '../text/longSentence';
import { segment } from '../text/segmenter';
import { type LabelledText, labelledTexts } from './labelledText';
import type { TaggedExample } from './taggedExample';
import { readTextFile } from './textFile';

/**
 * The examples for a sentence layer in a TSV or JSON Lines file; see `sentenceExamples`.
 * @throws InputError at the first broken line, or where there are no texts
 */
export async function readSentenceLayer(path: string): Promise<TaggedExample[]> {
  return sentenceExamples(await readTextFile(path), path);
}

/**
 * The examples in a file's content: the words of each text in one list, however many sentences it has, and its one
 * label. What follows the first 200 words of a text, the longest that the tagger is given, is left out.
 * @throws InputError at the first broken line, or where there are no texts
 */
export function sentenceExamples(content: string, path: string): TaggedExample[] {
  return labelledTexts(content, path).map((item) => ({ forms: formsOf(item, path), labels: [item.label] }));
}

function formsOf({ text, line }: LabelledText, file: string): string[] {
  const forms = segment(text, 'plain').flatMap(({ content }) => content.forms);
  if (forms.length === 0)
    throw new InputError('The text holds no words.', { file, line }, 'Write some, or drop the line.');
  return forms.slice(0, LONGEST_SENTENCE);
}
