import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { AnnotatedText, FormatName } from '../../../models/formats/annotatedText';
import { annotationFormat } from '../../../models/formats/formats';
import { guessFormat } from '../../../models/formats/recognizeFormat';
import { shared, unlessShared } from '../../shared';
import { meaning } from './randomTexts';

const corpora: [format: FormatName, path: string[]][] = [
  ['conllu', ['ud-ewt', 'dev.conllu']],
  ['conll2003', ['ner', 'sources', 'wnut17', 'dev.tsv']],
];

describe('whole corpora', () => {
  for (const [format, path] of corpora)
    it(path.join('/'), { skip: unlessShared(...path) }, () => {
      const file = { name: path[path.length - 1], text: readFileSync(join(shared, ...path), 'utf8') };
      assert.equal(guessFormat(file.name, file.text), format);
      const codec = annotationFormat(format);
      const documents = codec.read(file);
      assert.equal(codec.write(documents, 'x').files[0].content, file.text);
      // Written anew, as if it came from elsewhere.
      const fresh = documents.map(({ source: _, ...document }): AnnotatedText => document);
      const { files, problems } = codec.write(fresh, 'x');
      assert.deepEqual(problems, []);
      const again = codec.read({ name: 'x', text: files[0].content });
      assert.deepEqual(again.map(meaning), documents.map(meaning));
      assert.deepEqual(
        again.map(({ text }) => text),
        documents.map(({ text }) => text),
      );
    });
});
