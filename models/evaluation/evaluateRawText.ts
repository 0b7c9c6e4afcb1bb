import { documentText, sentenceText, surfaceTokens, type ConlluSentence } from '../data/conllu';
import { InputError } from '../errors';
import type { SentenceTagger } from '../taggers/prediction';
import { segment } from '../text/segmenter';
import type { EvaluationOptions } from './evaluateLayer';
import { scoreRawText, type RawTextScores } from './scoreRawText';
import { segmentedConllu, segmentedTokens, type SegmentedSentence } from './segmentedText';
import { tagInChunks } from './tagInChunks';

/**
 * Segments and tags the text of a treebank (its `# text` lines) and scores tokens, sentences, words and UPOS
 * as the CoNLL 2018 shared task does; `file` is named in errors.
 * @throws InputError where a sentence's text is not that of its tokens.
 */
export async function evaluateRawText(
  tagger: SentenceTagger,
  layer: string,
  gold: readonly ConlluSentence[],
  { onProgress, signal, file }: EvaluationOptions & { readonly file?: string } = {},
): Promise<RawTextScores> {
  for (const sentence of gold) checkText(sentence, file);
  const sentences = segment(documentText(gold), 'plain');
  const forms = sentences.map(({ tokens }) => tokens.map(({ form }) => form));
  const system: SegmentedSentence[] = [];
  for await (const predictions of tagInChunks(tagger, forms, { layers: [layer], signal })) {
    for (const { [layer]: prediction } of predictions) {
      const tags = prediction.kind === 'token' ? prediction.tags.map(({ label }) => label) : [];
      system.push(segmentedTokens(sentences[system.length].tokens, tags));
    }
    onProgress?.(Math.round((system.length / sentences.length) * gold.length));
  }
  return scoreRawText(gold.map(segmentedConllu), system);
}

function checkText(sentence: ConlluSentence, file?: string): void {
  const dense = (text: string): string => text.replace(/\s+/g, '');
  const tokens = surfaceTokens(sentence).map(({ form }) => form);
  if (dense(sentenceText(sentence)) !== dense(tokens.join('')))
    throw new InputError(
      'The text of the sentence is not that of its tokens.',
      { file, line: sentence.line },
      'Correct its "# text" line.',
    );
}
