import type { FormatName } from '../../../models/formats/annotatedText';

/** The text that most shapes are of. */
export const TEXT = 'Mira left Oslo.';
const BOTH = ['PER "Mira"', 'LOC "Oslo"'];
const triples = [
  [0, 4, 'PER'],
  [10, 14, 'LOC'],
];
export const objects = [
  { id: 3, label: 'PER', start_offset: 0, end_offset: 4 },
  { id: 4, label: 'LOC', start_offset: 10, end_offset: 14 },
];

/** An export in one shape, and what is in it. */
export interface JsonShape {
  readonly format: FormatName;
  readonly what: string;
  readonly file?: string;
  /** Records of JSON Lines, or the text of the file. */
  readonly content: readonly unknown[] | string;
  readonly labels: readonly string[];
  /** How many texts there are, where that is not as many as records. */
  readonly texts?: number;
  readonly annotators?: readonly (string | undefined)[];
  readonly more?: readonly string[];
  readonly faults?: readonly string[];
}

const tokens = [
  { text: 'Mira', start: 0, end: 4, id: 0 },
  { text: 'left', start: 5, end: 9, id: 1 },
];

/** Own words in the shapes that exports have had over the years. */
export const jsonShapes: readonly JsonShape[] = [
  {
    format: 'doccano',
    what: 'the oldest lists, with a user',
    content: [{ doc_id: 1, text: TEXT, entities: triples, username: 'ann', metadata: {} }],
    labels: BOTH,
    annotators: ['ann', 'ann'],
  },
  {
    format: 'doccano',
    what: 'annotations with numbers of labels and users',
    content: [
      {
        id: 9,
        text: TEXT,
        annotations: [{ label: 2, start_offset: 0, end_offset: 4, user: 7, created_at: '2020-01-01' }],
        meta: {},
        annotation_approver: null,
      },
    ],
    labels: ['2 "Mira"'],
    annotators: ['7'],
  },
  {
    format: 'doccano',
    what: '"labels", with meta and an approver',
    content: [{ id: 1, text: TEXT, meta: { page: 2 }, annotation_approver: 'bo', labels: triples }],
    labels: BOTH,
    more: ['values of the field meta', 'values of the field annotation_approver'],
  },
  {
    format: 'doccano',
    what: '"data" for the text',
    content: [{ id: 1, data: TEXT, label: triples }],
    labels: BOTH,
  },
  {
    format: 'doccano',
    what: 'entities, relations and comments',
    content: [
      {
        id: 1,
        text: TEXT,
        entities: objects,
        relations: [{ id: 1, from_id: 3, to_id: 4, type: 'left' }],
        Comments: ['hm', 'well'],
      },
    ],
    labels: BOTH,
    more: ['relations', 'comments', 'comments'],
  },
  {
    format: 'doccano',
    what: 'one list on one line',
    file: 'x.json',
    content: JSON.stringify([{ id: 1, text: TEXT, label: triples }]),
    labels: BOTH,
  },
  {
    format: 'doccano',
    what: 'one list over many lines',
    file: 'x.json',
    content: JSON.stringify([{ id: 1, text: TEXT, label: triples }], null, 2),
    labels: BOTH,
  },
  {
    format: 'doccano',
    what: 'text classification',
    content: [{ id: 1, text: TEXT, label: ['travel', 'news'] }],
    labels: [],
    more: ['labels of whole texts', 'labels of whole texts'],
  },
  {
    format: 'doccano',
    what: 'classification by numbers',
    content: [{ id: 1, text: TEXT, annotations: [{ label: 2, user: 1 }], meta: {} }],
    labels: [],
    more: ['labels of whole texts'],
  },
  {
    format: 'doccano',
    what: 'sequence to sequence',
    content: [{ id: 1, text: TEXT, annotations: [{ text: 'Mira a quitté Oslo.', user: 1 }] }],
    labels: [],
    more: ['labels of whole texts'],
  },
  {
    format: 'doccano',
    what: 'a class that is no list',
    content: [{ id: 1, text: TEXT, label: 'travel', comment_count: 0 }],
    labels: [],
    more: ['labels of whole texts'],
  },
  {
    format: 'doccano',
    what: 'a label without length, and one behind the end',
    content: [{ id: 1, text: TEXT, label: [...triples, [4, 4, 'X'], [10, 99, 'Y']] }],
    labels: BOTH,
    faults: ['The label X at 4 covers no text', 'The label Y is at 10–99'],
  },
  {
    format: 'prodigy',
    what: 'an annotator',
    content: [
      {
        ...{ text: TEXT, _input_hash: 1, _task_hash: 2, tokens, _view_id: 'ner_manual', answer: 'accept' },
        spans: [{ start: 0, end: 4, label: 'PER' }],
        ...{ _annotator_id: 'db-anna', _session_id: 'db-anna', _timestamp: 1 },
      },
    ],
    labels: ['PER "Mira"'],
    annotators: ['db-anna'],
  },
  {
    format: 'prodigy',
    what: 'a session that has a name, and one that has none',
    content: [
      { text: TEXT, spans: [{ start: 0, end: 4, label: 'PER' }], _session_id: 'news-bo', answer: 'accept' },
      { text: TEXT, spans: [{ start: 0, end: 4, label: 'A' }], _session_id: '2024-05-03_12-00-01' },
      { text: TEXT, spans: [{ start: 0, end: 4, label: 'B' }], _session_id: null, answer: 'accept' },
    ],
    labels: ['PER "Mira"', 'A "Mira"', 'B "Mira"'],
    annotators: ['news-bo', undefined, undefined],
  },
  {
    format: 'prodigy',
    what: 'a reviewed task with versions and relations',
    content: [
      {
        ...{ text: TEXT, answer: 'accept', _view_id: 'review', _annotator_id: 'rev' },
        spans: [{ start: 0, end: 4, label: 'PER' }],
        versions: [
          { spans: [], sessions: ['a'] },
          { spans: [], sessions: ['b'] },
        ],
        relations: [{ head: 0, child: 1, label: 'subj' }],
      },
    ],
    labels: ['PER "Mira"'],
    annotators: ['rev'],
    more: ['relations', 'versions of reviewed tasks', 'versions of reviewed tasks'],
  },
  {
    format: 'prodigy',
    what: 'a class for the whole text, and an ignored task',
    content: [
      { text: TEXT, label: 'NEWS', answer: 'accept' },
      { text: TEXT, spans: [{ start: 0, end: 4, label: 'PER' }], answer: 'ignore' },
    ],
    labels: [],
    more: ['labels of whole texts', 'spans of ignored tasks'],
  },
  {
    format: 'prodigy',
    what: 'white space that the tokenizer misplaced',
    content: [
      {
        ...{ text: TEXT, spans: [{ start: 0, end: 4, label: 'PER' }] },
        tokens: [tokens[0], { text: ' ', start: 0, end: 1, id: 1 }, tokens[1]],
      },
    ],
    labels: ['PER "Mira"'],
  },
  {
    format: 'prodigy',
    what: 'one text by two annotators, who agree and disagree',
    content: [
      { text: TEXT, spans: [{ start: 0, end: 4, label: 'PER' }], _annotator_id: 'a', answer: 'accept' },
      { text: 'Between them.', spans: [], _annotator_id: 'a', answer: 'accept' },
      {
        ...{ text: TEXT, _annotator_id: 'b', answer: 'accept' },
        spans: [
          { start: 0, end: 4, label: 'PER' },
          { start: 10, end: 14, label: 'LOC' },
        ],
      },
    ],
    labels: ['PER "Mira"', 'PER "Mira"', 'LOC "Oslo"'],
    texts: 2,
    annotators: ['a', 'b', 'b'],
  },
  {
    format: 'spacy',
    what: 'training pairs',
    file: 'x.json',
    content: JSON.stringify([[TEXT, { entities: triples }]]),
    labels: BOTH,
  },
  {
    format: 'spacy',
    what: 'training pairs without the name of their entities',
    file: 'x.json',
    content: JSON.stringify([[TEXT, triples]]),
    labels: BOTH,
  },
  {
    format: 'spacy',
    what: 'training pairs, a line each',
    content: [
      [TEXT, { entities: [triples[0]] }],
      ['In Oslo', { entities: [[3, 7, 'LOC']], cats: { A: 1 } }],
    ],
    labels: BOTH,
    more: ['values of the field cats'],
  },
  {
    format: 'spacy',
    what: 'a single pair on a line',
    content: [[TEXT, { entities: triples }]],
    labels: BOTH,
  },
  {
    format: 'spacy',
    what: 'ner-annotator, with a text that was skipped',
    file: 'x.json',
    content: JSON.stringify({ classes: ['PER'], annotations: [null, [TEXT, { entities: triples }]] }),
    labels: BOTH,
  },
  {
    format: 'spacy',
    what: 'paragraphs of spaCy 2',
    file: 'x.json',
    content: JSON.stringify([
      {
        id: 0,
        paragraphs: [
          {
            raw: '😀 Mira  left.',
            sentences: [
              {
                tokens: [
                  { id: 0, orth: '😀', tag: 'X', ner: 'O' },
                  { id: 1, orth: 'Mira', tag: 'NNP', ner: 'U-PER' },
                  { id: 2, orth: 'left', tag: 'VBD', ner: '-' },
                  { id: 3, orth: '.', tag: '.', ner: 'O' },
                ],
                brackets: [],
              },
            ],
          },
        ],
      },
    ]),
    labels: ['PER "Mira"'],
    more: ['values of the field tag'],
  },
  {
    format: 'spacy',
    what: 'documents of spaCy 3',
    content: [
      {
        text: '😀 Mira',
        ents: [{ start: 2, end: 6, label: 'PER' }],
        tokens: [{ id: 0, start: 0, end: 1 }],
        spans: { rel: [{ start: 0, end: 1, label: 'MOOD' }] },
      },
    ],
    labels: ['PER "Mira"', 'MOOD "😀"'],
    more: ['values of the field tokens'],
  },
];
