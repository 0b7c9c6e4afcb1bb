import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { InputError } from '../../../models/errors';
import type { AnnotatedText, TextLabel } from '../../../models/formats/annotatedText';
import type { ReadOptions } from '../../../models/formats/format';
import { readTei } from '../../../models/formats/readTei';
import { writeTei } from '../../../models/formats/writeTei';

/** A file with this body; a namespace and a header as editions have them. */
const tei = (body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0">
  <teiHeader><fileDesc><titleStmt><title>A letter of <persName>Nobody</persName></title></titleStmt></fileDesc></teiHeader>
  <text><body>${body}</body></text>
</TEI>
`;

const read = (body: string, options: ReadOptions = {}): AnnotatedText =>
  readTei({ name: 'letter.xml', text: tei(body) }, options)[0];

const shown = ({ text, labels }: Pick<AnnotatedText, 'text' | 'labels'>): string[] =>
  labels.map(({ layer, label, start, end }) => `${layer} ${label} ${text.slice(start, end)}`);

const TEXTS: readonly [what: string, body: string, text: string, labels: readonly string[]][] = [
  [
    'names and dates, and none of the header',
    '<p><persName>Mira</persName> left <placeName>Oslo</placeName> on <date when="1871-05-02">2 May</date>.</p>',
    'Mira left Oslo on 2 May.\n',
    ['ner PER Mira', 'ner LOC Oslo', 'ner DATE 2 May'],
  ],
  [
    'names by their type, and one without',
    '<p><name type="person">Ada</name>, <rs type="place">the city</rs>, <name type="ship">Vega</name>, <name>Nox</name></p>',
    'Ada, the city, Vega, Nox\n',
    ['ner PER Ada', 'ner LOC the city', 'ner ship Vega', 'ner * Nox'],
  ],
  [
    'layout as one blank, outside the name',
    '\n  <p>\n    <persName>\n      Mira\n      <hi>Olsen</hi> </persName>\n    left.\n  </p>\n',
    'Mira Olsen left.\n',
    ['ner PER Mira Olsen'],
  ],
  ['white space that is preserved', '<ab xml:space="preserve">  Mira\n\tleft </ab>', '  Mira\n\tleft ', []],
  [
    'paragraphs, verse, items and line breaks',
    '<head>One</head><p>Two<lb/>three</p><lg><l>Four</l><l>five</l></lg><list><item>six</item></list>',
    'One\n\nTwo\nthree\n\nFour\nfive\n\nsix\n',
    [],
  ],
  [
    'speech and lists of people',
    '<u who="#a">Um</u><u who="#b">what</u><listPerson><person><persName>Ada</persName></person></listPerson>',
    'Um\nwhat\nAda\n',
    ['ner PER Ada'],
  ],
  ['a word over a line', '<p>The light-<lb break="no"/>\n  house</p>', 'The light-house\n', []],
  [
    'a page break with a header within a sentence',
    '<p>The <pb n="2"/><fw type="header">Page 2</fw>house</p>',
    'The house\n',
    [],
  ],
  [
    'the words of the source, the first reading, and no note within a sentence',
    '<p><choice><sic>teh</sic><corr>the</corr></choice> <app><lem>sea</lem><rdg>see</rdg></app><note>so A</note>.</p><note>Ends.</note>',
    'teh sea.\n\nEnds.\n',
    [],
  ],
  ['a correction that stands alone', '<p><corr>the</corr> sea</p>', 'the sea\n', []],
  [
    'references, CDATA and comments',
    '<p>R&amp;D &lt;3 &#233;&#x1F600;<!-- no > --><![CDATA[<b> & ]] >]]> end<?no?></p>',
    'R&D <3 é😀<b> & ]] > end\n',
    [],
  ],
  [
    'emoji, combining marks and right-to-left before a name',
    '<p>👩‍🔬 cafe\u0301 שלום <persName>שרה</persName></p>',
    '👩‍🔬 cafe\u0301 שלום שרה\n',
    ['ner PER שרה'],
  ],
  [
    'names within names',
    '<p><orgName>University of <placeName>Oslo</placeName></orgName></p>',
    'University of Oslo\n',
    ['ner ORG University of Oslo', 'ner LOC Oslo'],
  ],
  ['a name without words', '<p><persName/>She left<persName> </persName>.</p>', 'She left .\n', []],
  [
    'segments of other layers',
    '<p>The <seg type="gene" subtype="GENE">velA</seg> gene</p>',
    'The velA gene\n',
    ['gene GENE velA'],
  ],
];

describe('TEI is read', () => {
  for (const [what, body, text, labels] of TEXTS)
    it(what, () => {
      const document = read(body);
      assert.equal(document.text, text);
      assert.deepEqual(shown(document), labels);
    });

  it('with line ends of Windows as with others', () => {
    const body = '<p>Mira\n  left.</p>\n<ab xml:space="preserve">a\nb</ab>';
    const [document] = readTei({ name: 'x.xml', text: tei(body).replaceAll('\n', '\r\n') });
    assert.equal(document.text, read(body).text);
  });

  it('with elements that are chosen', () => {
    const body = '<p>the <term>scalar mix</term> of <foreign>langue</foreign></p>';
    assert.deepEqual(shown(read(body)), []);
    assert.deepEqual(shown(read(body, { elements: ['term'] })), ['ner term scalar mix']);
  });

  it('with words and sentences', () => {
    const { sentences, text, labels } = read(
      '<p><s><w pos="PROPN" lemma="Mira">Mira</w> <w pos="VERB">left</w><pc pos="PUNCT">.</pc></s> <s><w join="right">"</w> <w>Oslo</w></s></p>',
    );
    assert.equal(text, 'Mira left. "Oslo\n');
    assert.deepEqual(
      sentences?.map(({ tokens }) => tokens.map(({ form }) => form)),
      [
        ['Mira', 'left', '.'],
        ['"', 'Oslo'],
      ],
    );
    assert.deepEqual(shown({ text, labels }), ['pos PROPN Mira', 'pos VERB left', 'pos PUNCT .']);
  });

  it('without sentences where words stand outside', () =>
    assert.equal(read('<p><w>Mira</w> left <w>Oslo</w></p>').sentences, undefined));

  it('with people and probabilities', () => {
    const [label] = read('<p><persName resp="#Zo%C3%AB" cert="0.75">Ada</persName></p>').labels;
    assert.deepEqual([label.annotator, label.confidence], ['Zoë', 0.75]);
  });

  it('as several documents of a corpus', () => {
    const one = '<TEI><teiHeader/><text><body><p>One.</p></body></text></TEI>';
    const file = `<teiCorpus xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/>${one}${one.replace('One', 'Two')}</teiCorpus>`;
    const documents = readTei({ name: 'corpus.xml', text: file });
    assert.deepEqual(
      documents.map(({ name, text }) => [name, text]),
      [
        ['corpus-1', 'One.\n'],
        ['corpus-2', 'Two.\n'],
      ],
    );
  });

  it('and says what is no part of the text', () =>
    assert.deepEqual(
      read('<p>A<note>b</note> <choice><orig>c</orig><reg>d</reg></choice> <w lemma="e">e</w></p>').source
        ?.more,
      ['notes inside paragraphs', 'corrected, regular or expanded forms', 'lemmas'],
    ));
});

const deep = `${'<hi>'.repeat(600)}x${'</hi>'.repeat(600)}`;
const laughs = `<!DOCTYPE TEI [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><TEI><text><body><p>&b;</p></body></text></TEI>`;
const outside = `<!DOCTYPE TEI [<!ENTITY a SYSTEM "file:///etc/passwd">]><TEI><text><body><p>&a;</p></body></text></TEI>`;

describe('what is no TEI is refused in one sentence', () => {
  const refused: readonly [what: string, file: string, message: RegExp, line: number | undefined][] = [
    ['a tag that is not closed', tei('\n<p>\n<b>x</p>'), /not well-formed XML: Unexpected close tag/, 6],
    ['an end without an element', '<TEI><text><body><p>x', /not well-formed XML: Unclosed root tag/, 1],
    ['an attribute without quotes', tei('<p n=1>x</p>'), /not well-formed XML: Unquoted attribute value/, 4],
    ['other XML', '<html><body>x</body></html>', /no <TEI> element/, undefined],
    ['an empty file', '', /no <TEI> element|not well-formed/, undefined],
    ['a header alone', '<TEI><teiHeader/></TEI>', /no <body>/, 1],
    ['elements without end', tei(deep), /nested more than 500 deep/, 4],
    ['entities within entities', laughs, /Invalid character entity/, 1],
    ['an entity of another file', outside, /Invalid character entity/, 1],
  ];
  for (const [what, text, message, line] of refused)
    it(what, () =>
      assert.throws(
        () => readTei({ name: 'x.xml', text }),
        (error) => {
          assert.ok(error instanceof InputError);
          assert.match(error.message, message);
          if (line !== undefined) assert.equal(error.place.line, line);
          return true;
        },
      ),
    );
});

/** What is written for a document with other labels, which must be possible. */
function rewritten(document: AnnotatedText, labels: readonly TextLabel[], options = {}): string {
  const { files, problems } = writeTei([{ ...document, labels }], options);
  assert.deepEqual(problems, []);
  return files[0].content;
}

describe('TEI is written', () => {
  const body =
    '\n  <p><persName ref="#mo" type="x">Mira <hi>Olsen</hi></persName> left\n     <placeName>Oslo</placeName>; <![CDATA[R&D went on]]>.</p>\n';
  const source = tei(body);
  const document = read(body);
  const at = (words: string, label: string, layer = 'ner'): TextLabel => {
    const start = document.text.indexOf(words);
    return { layer, label, start, end: start + words.length };
  };

  it('unchanged, byte for byte', () => assert.equal(rewritten(document, document.labels), source));

  it('with another name for a label, whose further attributes stay', () =>
    assert.equal(
      rewritten(document, [at('Mira Olsen', 'ORG'), at('Oslo', 'LOC')]),
      source.replace(
        '<persName ref="#mo" type="x">Mira <hi>Olsen</hi></persName>',
        '<orgName ref="#mo">Mira <hi>Olsen</hi></orgName>',
      ),
    ));

  it('without a label, whose words and layout stay', () =>
    assert.equal(
      rewritten(document, [at('Mira Olsen', 'PER')]),
      source.replace('<placeName>Oslo</placeName>', 'Oslo'),
    ));

  it('with labels around elements, within them and within CDATA', () =>
    assert.equal(
      rewritten(document, [
        ...document.labels,
        at('Olsen', 'MISC'),
        at('left Oslo', 'GO', 'move'),
        at('R&D', 'ORG'),
      ]),
      source
        .replace('<hi>Olsen</hi>', '<hi><name type="MISC">Olsen</name></hi>')
        .replace(
          'left\n     <placeName>Oslo</placeName>',
          '<seg type="move" subtype="GO">left\n     <placeName>Oslo</placeName></seg>',
        )
        .replace('[CDATA[R&D went', '[CDATA[]]><orgName><![CDATA[R&D]]></orgName><![CDATA[ went'),
    ));

  it('not with a label that crosses an element, until that is settled', () => {
    const crossing = [...document.labels, at('Olsen left', 'MISC')];
    const { files, problems } = writeTei([{ ...document, labels: crossing }]);
    assert.deepEqual(files, []);
    assert.match(problems[0].message, /MISC on "Olsen left" has only one end within <(hi|persName)>/);
    const grown = rewritten(document, crossing, { misaligned: 'out' });
    assert.ok(shown(readTei({ name: 'x.xml', text: grown })[0]).includes('ner MISC Mira Olsen left'), grown);
    assert.equal(rewritten(document, crossing, { misaligned: 'skip' }), source);
  });

  it('with the prefix of the file', () => {
    const prefixed =
      '<t:TEI xmlns:t="http://www.tei-c.org/ns/1.0"><t:text><t:body><t:p>Mira left</t:p></t:body></t:text></t:TEI>';
    const [own] = readTei({ name: 'x.xml', text: prefixed });
    assert.equal(
      rewritten(own, [{ layer: 'ner', label: 'PER', start: 0, end: 4 }]),
      prefixed.replace('Mira', '<t:persName>Mira</t:persName>'),
    );
  });

  it('with labels that overlap, of which one is chosen', () => {
    const text = 'New York Times Square\n';
    const labels = [
      { layer: 'ner', label: 'ORG', start: 0, end: 14 },
      { layer: 'ner', label: 'LOC', start: 9, end: 21 },
    ];
    const plain: AnnotatedText = { name: 'x', text, labels, layers: [] };
    assert.match(writeTei([plain]).problems[0].message, /ORG and LOC overlap/);
    const kept = (overlaps: 'longest' | 'shortest'): string[] =>
      shown(readTei({ name: 'x', text: rewritten(plain, labels, { overlaps }) })[0]);
    assert.deepEqual(kept('longest'), ['ner ORG New York Times']);
    assert.deepEqual(kept('shortest'), ['ner LOC Times Square']);
  });

  it('with two people who agree, and names of labels that TEI uses itself', () => {
    const text = 'Ada wrote.\n';
    const place = { layer: 'ner', start: 0, end: 3 };
    const labels: TextLabel[] = [
      { ...place, label: 'PER', annotator: 'Ada' },
      { ...place, label: 'PER', annotator: 'Zoë B "x" <y>' },
      { ...place, label: 'person', confidence: 0.5 },
      { ...place, layer: 'pos', label: 'PROPN' },
    ];
    const plain: AnnotatedText = { name: 'x', text, labels, layers: [] };
    const [again] = readTei({ name: 'x', text: rewritten(plain, labels) });
    const keys = (all: readonly TextLabel[]): string[] =>
      all.map((label) => JSON.stringify(Object.entries(label).sort())).sort();
    assert.deepEqual(keys(again.labels), keys(labels));
  });

  it('with any labels in any file, whose words and other tags stay', () => {
    const inline = fc.constantFrom(
      ...['Mira ', 'Olsen', ' 👩‍🔬\n  ', 'שרה ', '&amp;', '<lb/>', '<!-- c -->', '<![CDATA[<x> ]]>', '.'],
      ...['<hi>New </hi>', '<persName n="1">Ada <hi>L</hi></persName>', '<placeName>York</placeName>'],
    );
    const paragraph = fc.array(inline, { maxLength: 8 }).map((parts) => `<p>${parts.join('')}</p>\n`);
    const places = fc.array(fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 12 }), fc.nat(2)), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(
        fc.array(paragraph, { minLength: 1, maxLength: 3 }),
        places,
        fc.nat(3),
        (parts, marks, keep) => {
          const file = tei(parts.join(''));
          const [before] = readTei({ name: 'x.xml', text: file });
          const added = marks.flatMap(([start, length, kind]): TextLabel[] => {
            const end = Math.min(start + length, before.text.length);
            const words = before.text.slice(start, end);
            if (words.trim() === '' || words !== words.trim()) return [];
            return [{ layer: 'ner', label: ['PER', 'ORG', 'gene'][kind], start, end }];
          });
          const labels = [...before.labels.slice(keep), ...added];
          const choices = { misaligned: 'skip', overlaps: 'longest' } as const;
          const { files, problems, losses } = writeTei([{ ...before, labels }], choices);
          assert.deepEqual(problems, []);
          const [after] = readTei({ name: 'x.xml', text: files[0].content });
          assert.equal(after.text, before.text);
          const words = ({ text }: AnnotatedText, all: readonly TextLabel[]): string[] =>
            shown({ text, labels: all }).sort();
          if (losses.length === 0) assert.deepEqual(words(after, after.labels), words(before, labels));
          else
            for (const one of words(after, after.labels)) assert.ok(words(before, labels).includes(one), one);
          const bare = (xml: string): string =>
            xml
              .replace(/<\/?(persName|placeName|orgName|name)( [^>]*)?>/g, '')
              .replaceAll(']]><![CDATA[', '')
              .replace(/<teiHeader.*<\/teiHeader>/s, '');
          assert.equal(bare(files[0].content), bare(file));
        },
      ),
      { seed: 5, numRuns: 400 },
    );
  });
});
