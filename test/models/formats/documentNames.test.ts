import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { distinctNames, fileStem, numberedNames } from '../../../models/formats/documentNames';

describe('the name of a file without its extension', () => {
  const cases: [path: string, stem: string][] = [
    ['notes.ann', 'notes'],
    ['notes.v1.ann', 'notes.v1'],
    ['in/x.tar.conllu', 'x.tar'],
    ['C:\\in\\gold.conll.txt', 'gold.conll'],
    ['corpus.CoNLLU.gz', 'corpus'],
    ['eng.testa', 'eng.testa'],
    ['2004.11.20', '2004.11.20'],
    ['.txt', '.txt'],
    ['', 'text'],
  ];
  for (const [path, stem] of cases) it(JSON.stringify(path), () => assert.equal(fileStem(path), stem));
});

describe('the name of a document', () => {
  const cases: [id: string, name: string][] = [
    ['weblog-example.com_site_20041120_120000', 'weblog-example.com_site_20041120_120000'],
    ['U.S.', 'U.S.'],
    ['one.txt', 'one'],
    ['v1.2.conllu', 'v1.2'],
    ['news/2004/a', 'news_2004_a'],
    ['../../etc/passwd', 'etc_passwd'],
    ['/data/corpus/a.b.txt', 'data_corpus_a.b'],
    ['C:\\data\\a.txt', 'data_a'],
    ['.hidden', 'hidden'],
    ['..', 'file'],
    ['  ', 'file'],
    ['http://example.org/a?b=c', 'http__example.org_a_b=c'],
    ['a\u0000b\nc\u2028d', 'a_b_c_d'],
    ['half \ud83d', 'half _'],
    ['con', 'con_'],
    ['NUL.2004', 'NUL_.2004'],
    ['console', 'console'],
    ['مقال.١', 'مقال.١'],
    ['😀.é', '😀.é'],
  ];
  for (const [id, name] of cases)
    it(JSON.stringify(id), () => assert.deepEqual(numberedNames([id], 'file'), [name]));

  it('is numbered where there is none, and where two differ only by case or accents written apart', () => {
    assert.deepEqual(numberedNames([undefined, 'a.b', 'A.B', 'e\u0301', 'É'], 'file'), [
      ...['file-1', 'a.b', 'A.B-2', 'e\u0301', 'É-2'],
    ]);
    assert.deepEqual(numberedNames([undefined], 'file.v1'), ['file.v1']);
  });

  it('stays as it is when names of several files are brought together', () => {
    const names = ['notes.v1', 'notes.v2', 'U.S.', 'a.txt'];
    assert.deepEqual(distinctNames(names), names);
  });

  it('leaves room for a number and an extension', () => {
    const [one, two] = distinctNames(['語'.repeat(100), '語'.repeat(100)]);
    assert.ok(Buffer.byteLength(two) < 240 && one !== two);
  });
});
