import type { AnnotatedText } from './annotatedText';

/**
 * Documents as they were read, unless nothing but faults was: then the file is more likely another, or its offsets
 * count something else, than that all its labels are broken.
 * @throws InputError the first fault, where no label could be read
 */
export function unlessAllFaulty(documents: AnnotatedText[]): AnnotatedText[] {
  const [first] = documents.flatMap(({ faults }) => faults ?? []);
  if (first && documents.every(({ labels }) => labels.length === 0)) throw first;
  return documents;
}
