import type { FormatName } from '../../../models/formats/annotatedText';

/** A file as another program writes it, and what is in it. */
export interface ForeignFile {
  readonly format: FormatName;
  readonly what: string;
  readonly name: string;
  readonly content: string;
  readonly companion?: string;
  /** `layer label "words"` of every label, by document. */
  readonly labels: readonly (readonly string[])[];
  /** What else it says. */
  readonly more?: readonly string[];
}

const rows = (...lines: string[]): string => `${lines.join('\n')}\n`;

/** Texts of our own in the styles of other programs. */
export const foreignFiles: readonly ForeignFile[] = [
  {
    format: 'conllu',
    what: 'a treebank with CRLF, ranges, empty nodes and lemmas',
    name: 'bank.conllu',
    content: rows(
      '# newdoc id = letters/one.txt\r',
      '# sent_id = a-1\r',
      "# text = Ada doesn't write\r",
      '1\tAda\tAda\tPROPN\tNNP\tNumber=Sing\t4\tnsubj\t4:nsubj\tNER=B-PER|Gloss=Ada\r',
      "2-3\tdoesn't\t_\t_\t_\t_\t_\t_\t_\t_\r",
      '2\tdoes\tdo\tAUX\tVBZ\t_\t4\taux\t_\t_\r',
      "3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\tSpaceAfter=No\r",
      '4\twrite\twrite\tVERB\tVB\t_\t0\troot\t_\t_\r',
      '4.1\tletters\tletter\tNOUN\t_\t_\t_\t_\t4:obj\t_\r',
      '\r',
      '# newdoc id = letters/two.txt\r',
      '1\tdel\t_\tADP\t_\t_\t0\troot\t_\t_\r',
      '\r',
    ),
    labels: [
      [
        'pos PROPN "Ada"',
        'pos AUX "does"',
        'pos PART "n\'t"',
        'pos VERB "write"',
        'xpos NNP "Ada"',
        'xpos VBZ "does"',
        'xpos RB "n\'t"',
        'xpos VB "write"',
        'ner PER "Ada"',
      ],
      ['pos ADP "del"'],
    ],
    more: [
      'columns of lemmas',
      'columns of features',
      'columns of dependencies',
      'columns of enhanced dependencies',
      'sets of empty nodes',
      'sets of Gloss in MISC',
    ],
  },
  {
    format: 'conll2003',
    what: 'the four columns, IOB1, two documents, no line feed at the end',
    name: 'eng.conll',
    content: [
      '-DOCSTART- -X- -X- O',
      '',
      'Rome NNP I-NP I-LOC',
      'Athens NNP B-NP B-LOC',
      '# NN I-NP O',
      '',
      '-DOCSTART- -X- -X- O',
      '',
      'Ada NNP I-NP I-PER',
    ].join('\n'),
    labels: [
      [
        'pos NNP "Rome"',
        'pos NNP "Athens"',
        'pos NN "#"',
        'chunk NP "Rome"',
        'chunk NP "Athens #"',
        'ner LOC "Rome"',
        'ner LOC "Athens"',
      ],
      ['pos NNP "Ada"', 'chunk NP "Ada"', 'ner PER "Ada"'],
    ],
  },
  {
    format: 'conll2003',
    what: 'two columns with tabs, comments and CRLF',
    name: 'two.iob2',
    content: rows('# sent_id = 1\r', '#\tO\r', 'New\tB-LOC\r', 'York\tI-LOC\r', '\r', '👩‍🔬\tB-PER\r'),
    labels: [['ner LOC "New York"', 'ner PER "👩‍🔬"']],
  },
  {
    format: 'conll2003',
    what: 'Universal NER',
    name: 'uner.iob2',
    content: rows('# text = In Rome', '1\tIn\tO\t-\tann', '2\tRome\tB-LOC\t-\tann', ''),
    labels: [['ner LOC "Rome"']],
  },
  {
    format: 'bilou',
    what: 'a file with labels side by side',
    name: 'x.bilou',
    content: rows('a\tU-A', 'b\tB-A', 'c\tL-A', ''),
    labels: [['ner A "a"', 'ner A "b c"']],
  },
  {
    format: 'bioes',
    what: 'a file with labels of one, two and three words',
    name: 'x.bioes',
    content: rows('a\tS-A', 'b\tB-A', 'c\tI-A', 'd\tE-A', '', 'e\tB-B', 'f\tE-B', ''),
    labels: [['ner A "a"', 'ner A "b c d"', 'ner B "e f"']],
  },
  {
    format: 'brat',
    what: 'parts, relations, attributes, notes, a label over a line break',
    name: 'x.ann',
    companion: '😀 Ada met\nMary and Anne Byron.\n',
    content: rows(
      'T1\tPER 2 5\tAda',
      'A1\tSure T1',
      '#1\tAnnotatorNotes T1\tthe countess',
      'T2\tMeeting 6 9;10 14\tmet Mary',
      'T7\tPER 10 14;24 29\tMary Byron',
      'R1\tKnows Arg1:T1 Arg2:T7',
      '*\tEquiv T1 T7',
      'X1\tPER 24 29\tByron',
    ),
    labels: [['ner PER "Ada"', 'ner Meeting "met\nMary"', 'ner PER "Mary and Anne Byron"']],
    more: ['relations', 'attributes', 'equivalences', 'lines with an unknown kind of id'],
  },
  {
    format: 'doccano',
    what: 'lists of labels as Python writes JSON, and entities',
    name: 'x.jsonl',
    content: rows(
      '{"id": 7, "text": "\\ud83d\\ude00 Ada", "label": [[3, 6, "PER"]], "meta": {"page": 1}}',
      '{"text": "In Rome", "entities": [{"id": 4, "label": "LOC", "start_offset": 3, "end_offset": 7}], "relations": []}',
      '{"text": "", "labels": []}',
    ),
    labels: [['ner PER "Ada"'], ['ner LOC "Rome"'], []],
    more: ['values of the field meta'],
  },
  {
    format: 'prodigy',
    what: 'tokens, hashes, and an answer that rejects',
    name: 'x.jsonl',
    content: rows(
      '{"text":"😀 Ada","_input_hash":-1,"tokens":[{"text":"😀","start":0,"end":1,"id":0},{"text":"Ada","start":2,"end":5,"id":1}],"spans":[{"start":2,"end":5,"token_start":1,"token_end":1,"label":"PER"}],"answer":"accept"}',
      '{"text":"In Rome","spans":[{"start":0,"end":2,"label":"LOC"}],"answer":"reject","meta":{"score":0.5}}',
    ),
    labels: [['ner PER "Ada"'], ['ner LOC "In" rejected']],
  },
  {
    format: 'spacy',
    what: 'training pairs with classes',
    name: 'x.json',
    content: rows(
      '[',
      '["😀 Ada", {"entities": [[2, 5, "PER"]]}],',
      '["In Rome", {"entities": [[3, 7, "LOC"]], "cats": {"TRAVEL": 1.0}}]',
      ']',
    ),
    labels: [['ner PER "Ada"'], ['ner LOC "Rome"']],
    more: ['values of the field cats'],
  },
  {
    format: 'label-studio',
    what: 'two annotators, a note, other results and predictions',
    name: 'x.json',
    content: `${JSON.stringify(
      [
        {
          id: 1,
          annotations: [
            {
              id: 5,
              completed_by: { id: 2, email: 'mary@example.org' },
              result: [
                {
                  value: { start: 2, end: 5, text: 'Ada', labels: ['PER'] },
                  id: 'r1',
                  from_name: 'label',
                  to_name: 'text',
                  type: 'labels',
                  meta: { text: ['sure'] },
                },
                { value: { choices: ['good'] }, from_name: 'quality', to_name: 'text', type: 'choices' },
              ],
            },
            {
              id: 6,
              completed_by: 3,
              result: [
                {
                  value: { start: 0, end: 1, text: '😀', labels: ['Mood'] },
                  id: 'r2',
                  from_name: 'mood',
                  to_name: 'text',
                  type: 'labels',
                },
              ],
            },
          ],
          predictions: [{ model_version: 'one', result: [] }],
          data: { text: '😀 Ada' },
        },
      ],
      null,
      2,
    )}\n`,
    labels: [['ner PER "Ada"', 'mood Mood "😀"']],
    more: ['choices'],
  },
  {
    format: 'webanno-tsv',
    what: 'stacked labels, sub-tokens, further features, relations and escapes',
    name: 'x.tsv',
    content: rows(
      '#FORMAT=WebAnno TSV 3.3',
      '#T_SP=de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS|coarseValue|PosValue',
      '#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value',
      '#T_SP=webanno.custom.Mood|',
      '#T_RL=webanno.custom.Knows|kind|BT_de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity',
      '',
      '',
      '#Sentence.id=s1',
      '#Text=😊 Ms. Haag plays.',
      '1-1\t0-2\t😊\t*\tSYM\t_\t_\t*\t_\t_\t',
      '1-2\t3-6\tMs.\t*\tNNP\t*[1]|*[2]\tPER[1]|PER\\_part[2]\t_\t_\t_\t',
      '1-3\t7-11\tHaag\t*\tNNP\t*[1]\tPER[1]\t_\tx\t1-2[1_0]\t',
      '1-4\t12-17\tplays\t_\t_\t_\t_\t_\t_\t_\t',
      '1-4.1\t12-16\tplay\t_\t_\t*\tACT\t_\t_\t_\t',
      '1-5\t17-18\t.\t_\t_\t_\t_\t_\t_\t_\t',
      '',
      '#Text=Back\\\\slash\\r',
      '#Text=two',
      '2-1\t19-29\tBack\\slash\t_\t_\t_\t_\t_\t_\t_\t',
      '2-2\t31-34\ttwo\t_\t_\t*\t*\t_\t_\t_\t',
    ),
    labels: [
      [
        'pos SYM "😊"',
        'pos NNP "Ms."',
        'pos NNP "Haag"',
        'ner PER "Ms. Haag"',
        'ner PER_part "Ms."',
        'ner ACT "play"',
        'ner * "two"',
        'Mood * "😊"',
      ],
    ],
    more: ['sets of further features of pos', 'sets of further features of ner', 'sets of relations'],
  },
];
