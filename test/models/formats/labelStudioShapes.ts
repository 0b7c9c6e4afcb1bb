import { type JsonShape, TEXT } from './jsonShapes';

const region = (id: string, start: number, text: string, label: string): object => ({
  ...{ id, from_name: 'label', to_name: 'text', type: 'labels' },
  value: { start, end: start + text.length, text, labels: [label] },
});

/** Own words in the shapes of Label Studio's exports. */
export const labelStudioShapes: readonly JsonShape[] = [
  {
    format: 'label-studio',
    what: 'completions of old versions, by name',
    file: 'x.json',
    content: JSON.stringify({
      ...{ id: 3, data: { text: TEXT } },
      completions: [{ created_username: ' eric', result: [region('a', 0, 'Mira', 'PER')] }],
    }),
    labels: ['PER "Mira"'],
    annotators: ['eric'],
  },
  {
    format: 'label-studio',
    what: 'JSON-MIN',
    file: 'x.json',
    content: JSON.stringify([
      {
        ...{ id: 3, text: TEXT, source: 'letters', annotator: 4, annotation_id: 9, lead_time: 1.5 },
        label: [{ start: 0, end: 4, text: 'Mira', labels: ['PER'] }],
      },
    ]),
    labels: ['PER "Mira"'],
    annotators: ['4'],
    more: ['values of the field source'],
  },
  {
    format: 'label-studio',
    what: 'three annotators, one cancelled, predictions, choices, relations, ratings, no annotations',
    file: 'x.json',
    content: JSON.stringify([
      {
        ...{ id: 1, data: { note: TEXT } },
        annotations: [
          {
            completed_by: { email: 'a@example.org' },
            result: [
              region('a', 0, 'Mira', 'PER'),
              { type: 'choices', from_name: 'mood', value: { choices: ['good'] } },
              { type: 'relation', from_id: 'a', to_id: 'b', direction: 'right' },
            ],
          },
          { completed_by: 2, was_cancelled: true, result: [region('c', 0, 'Mira', 'LOC')] },
          {
            completed_by: 3,
            result: [region('d', 0, 'Mira', 'PER'), { type: 'rating', value: { rating: 4 } }],
          },
        ],
        predictions: [{ result: [region('p', 10, 'Oslo', 'LOC')] }],
      },
      { id: 2, data: { text: 'Not yet.' }, annotations: [] },
      { id: 3, data: { text: 'Nor this.' } },
    ]),
    labels: ['PER "Mira"', 'PER "Mira"'],
    annotators: ['a@example.org', '3'],
    more: ['choices', 'relations', 'ratings', 'predictions of a model', 'cancelled annotations'],
  },
  {
    format: 'label-studio',
    what: 'offsets that a script wrote as texts, and a region without a label',
    file: 'x.json',
    content: JSON.stringify([
      {
        ...{ id: 1, data: { text: TEXT } },
        annotations: [
          {
            result: [
              {
                ...{ id: 'a', type: 'labels' },
                value: { start: '0', end: '4', text: 'Mira', labels: ['PER'] },
              },
              { id: 'b', type: 'labels', value: { start: 0, end: 4, text: 'Mira' } },
            ],
          },
        ],
      },
    ]),
    labels: ['PER "Mira"'],
    faults: ['Region b of task 1 has no label.'],
  },
  {
    format: 'label-studio',
    what: 'a text among others, told by its quotes',
    file: 'x.json',
    content: JSON.stringify([
      {
        ...{ id: 1, data: { title: 'A journey', body: TEXT } },
        annotations: [{ result: [region('a', 0, 'Mira', 'PER')] }],
      },
    ]),
    labels: ['PER "Mira"'],
    more: ['values of the field title'],
  },
  {
    format: 'label-studio',
    what: 'regions without length, label or place',
    file: 'x.json',
    content: JSON.stringify([
      {
        ...{ id: 217, data: { text: TEXT } },
        annotations: [
          {
            result: [
              region('a', 0, 'Mira', 'PER'),
              { id: 'b', type: 'labels', value: { start: 4, end: 4, text: '', labels: ['X'] } },
              { id: 'c', type: 'labels', value: { start: 0, end: 4, labels: [] } },
              { id: 'd', type: 'labels', value: { labels: ['Y'] } },
              {
                ...{ id: 'e', type: 'labels', from_name: 'web' },
                value: { start: '/p[1]', end: '/p[1]', startOffset: 0, endOffset: 4, labels: ['Z'] },
              },
              { id: 'f', type: 'labels', value: { start: 10, end: 99, text: 'Oslo', labels: ['LOC'] } },
            ],
          },
        ],
      },
    ]),
    labels: ['PER "Mira"'],
    faults: [
      'Region c of task 217 has no label.',
      'Region d of task 217 is not a label with start and end.',
      'Region e of task 217 is a label on HTML (control “web”)',
      'The label X (region b of task 217) at 4 covers no text',
      'The label LOC (region f of task 217) is at 10–99',
    ],
  },
  {
    format: 'label-studio',
    what: 'one number as the id of many regions',
    file: 'x.json',
    content: JSON.stringify([
      {
        data: { text: TEXT },
        annotations: [
          {
            result: [
              { ...region('', 0, 'Mira', 'PER'), id: 0 },
              { ...region('', 10, 'Oslo', 'LOC'), id: 0 },
            ],
          },
        ],
      },
    ]),
    labels: ['PER "Mira"', 'LOC "Oslo"'],
  },
  {
    format: 'label-studio',
    what: 'labels on a recording beside one on a text',
    file: 'x.json',
    content: JSON.stringify([
      {
        ...{ id: 5, data: { text: TEXT, audio: 'https://example.org/1.wav' } },
        annotations: [
          {
            result: [
              region('a', 0, 'Mira', 'PER'),
              { id: 'w', type: 'labels', value: { start: 1, end: 3, channel: 0, labels: ['Speech'] } },
            ],
          },
        ],
      },
    ]),
    labels: ['PER "Mira"'],
    more: ['values of the field audio'],
    faults: ['Region w of task 5 is a label on a recording'],
  },
];
