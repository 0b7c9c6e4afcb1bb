import { Segmenter } from '../../models/text/segmenter';

const PARAGRAPHS = 200;

/**
 * Segments a throwaway text, a paragraph at a time between other work, while the model loads elsewhere: the first
 * use reads the splitter's weights, and code that has not run yet takes four times as long. The user's first
 * document comes after that.
 */
export function warmUpSegmentation(): void {
  const text = Array.from(
    { length: PARAGRAPHS },
    (_, i) =>
      `Dr. Ada Lovelace met Mr. Babbage (${i}). "Didn't they talk?" Nobody in the U.K. knows, at www.a.org.`,
  ).join('\n\n');
  const steps = new Segmenter('plain').steps(text);
  const advance = (): void => {
    if (!steps.next().done) setImmediate(advance);
  };
  setImmediate(advance);
}
