import type { ConlluSentence } from '../data/conllu';
import { InputError } from '../errors';
import type { AnnotatedText } from './annotatedText';
import type { PlacedConllu } from './conlluSpacing';

/** Sentences of a document that are named one by one. */
const MOST_NAMED = 3;

/** Where the `# text` of sentences and their words disagree, and which of them was taken. */
export function spacingReport(
  { contradicted, respaced }: PlacedConllu,
  file: string,
): Pick<AnnotatedText, 'faults' | 'remarks'> {
  const named = contradicted.slice(0, MOST_NAMED).map((sentence, k) => {
    const rest = contradicted.length - MOST_NAMED;
    const others = rest > 0 && k === MOST_NAMED - 1 ? `, and so in ${rest} more sentences` : '';
    return new InputError(
      `The words of the sentence are not those of its # text, and the words are taken${others}.`,
      { file, line: lineOfText(sentence) },
      'Correct one of the two.',
    );
  });
  const [first] = respaced;
  const remark =
    respaced.length > 0 &&
    new InputError(
      respaced.length === 1
        ? 'SpaceAfter says other blanks than # text, which is taken.'
        : `SpaceAfter says other blanks than # text in ${respaced.length} sentences; # text is taken.`,
      { file, line: lineOfText(first) },
    );
  return { ...(named.length > 0 && { faults: named }), ...(remark && { remarks: [remark] }) };
}

function lineOfText({ line, comments }: ConlluSentence): number {
  return (
    line +
    Math.max(
      0,
      comments.findIndex((comment) => /^text\s*=/.test(comment)),
    )
  );
}
