import type { AnnotatedText } from './annotatedText';
import type { BeginDocuments, WriteOptions, Written } from './format';
import { LossReport } from './lossReport';

/** All documents as whole files, by what writes them one after the other. */
export function writeDocuments(
  documents: readonly AnnotatedText[],
  stem: string,
  options: WriteOptions,
  begin: BeginDocuments,
  formOf: (document: AnnotatedText) => string | undefined = () => undefined,
): Written {
  const report = new LossReport();
  const set = { stem, count: documents.length, keepsForm: haveOneForm(documents.map(formOf)) };
  const writer = begin(set, options, report);
  const parts = new Map<string, string[]>(
    writer.fileNames(documents.map(({ name }) => name)).map((name) => [name, []]),
  );
  for (const document of documents)
    for (const { name, content } of writer.add(document)) parts.get(name)?.push(content);
  const { problems, losses } = report;
  const files = [...parts].map(([name, contents]) => ({ name, content: contents.join('') }));
  return { files: problems.length ? [] : files, problems, losses };
}

/** True where there are documents, and all keep the same form; see `AnnotationFormat.formOf`. */
export function haveOneForm(forms: Iterable<string | undefined>): boolean {
  const [first, ...others] = new Set(forms);
  return others.length === 0 && first !== undefined && first !== '';
}

/** A part of a file of sentences, with an empty line behind it where another follows. */
export function beforeNext(part: string, isLast: boolean): string {
  return isLast || part === '' || /\n\r?\n$/.test(part) ? part : `${part.replace(/\r?\n$/, '')}\n\n`;
}
