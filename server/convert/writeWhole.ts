import type { AnnotatedText } from '../../models/formats/annotatedText';
import type { AnnotationFormat, BeginDocuments } from '../../models/formats/format';

/** Writes a format whose files can only be written as a whole: it holds the documents until the last. */
export const writeWhole =
  (format: AnnotationFormat): BeginDocuments =>
  ({ stem }, options, report) => {
    const documents: AnnotatedText[] = [];
    return {
      fileNames: () => [stem + format.extensions[0]],
      add(document) {
        documents.push(document);
        return [];
      },
      end() {
        const { files, problems, losses } = format.write(documents, stem, options);
        for (const problem of problems) report.problem(problem);
        for (const { document, what, severity, count } of losses)
          report.lose(document, what, severity, count);
        return [...files];
      },
    };
  };
