import { mkdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import * as fc from 'fast-check';

import { ModelHistory } from '../../models/retraining/modelHistory';
import { readRunRecord } from '../../models/retraining/readRunRecord';
import { renderReport } from '../../models/report/renderReport';
import { History } from '../../server/labelStore/history';
import { HEADER, parseSidecar } from '../../server/labelStore/sidecarText';
import { formatProject, layersOf, parseProject } from '../../server/project/projectText';
import { runSummary } from '../../server/retraining/runSummary';
import { sampleRecord } from '../report/sampleRecord';
import { damagedJson, damagedText } from './mutations';
import type { Target } from './targets';

const LABEL = {
  ...{
    id: 'aaaaaaaaaa',
    layer: 'ner',
    label: 'PER',
    start: 4,
    end: 7,
    quote: 'Ada',
    before: 'Met ',
    after: '.',
  },
  ...{
    state: 'confirmed',
    annotator: 'Ben',
    time: '2026-01-01T00:00:00.000Z',
    note: 'sure',
    confidence: 0.5,
  },
};

const PROJECT = {
  layers: [
    {
      name: 'ner',
      kind: 'span',
      labels: [
        { name: 'PER', color: 'charts.blue', key: 'p' },
        { name: 'ORG', description: 'companies' },
      ],
    },
  ],
  annotator: 'Ada',
  model: 'models/own',
  embedder: 'elmo',
};

const HISTORY = [
  { do: 'a', title: 'Label', time: LABEL.time, steps: [{ path: 'a.txt', after: LABEL }] },
  { undo: 'a' },
  { redo: 'a' },
  { rename: { from: 'a.txt', to: 'b.txt' } },
  { do: 'b', title: 'Project', time: LABEL.time, steps: [], project: { before: null, after: '{}' } },
];

const linesOf = (values: readonly unknown[]): string =>
  `${values.map((one) => JSON.stringify(one)).join('\n')}\n`;

/** Whole lines of JSON, some of them damaged. */
const damagedLines = (values: readonly unknown[]): fc.Arbitrary<string> =>
  fc.array(damagedJson(values), { maxLength: 6 }).map((lines) => lines.join('\n'));

/** Readers of what lies in the `.glossator` folder of a workspace. */
export function projectTargets(scratch: string): Target[] {
  const root = path.join(scratch, 'workspace');
  const [local, models] = [path.join(root, '.glossator', 'local'), path.join(root, '.glossator', 'models')];
  const run = path.join(models, '2026-01-01T00-00-00');
  for (const folder of [local, run]) mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(run, 'config.json'), '{}');
  const sidecar = `${HEADER}\n${linesOf([LABEL, { ...LABEL, id: 'bbbbbbbbbb', start: 0, end: 3 }])}`;
  return [
    {
      name: 'project file',
      weight: 5,
      input: fc.oneof(damagedText([JSON.stringify(PROJECT, null, 2)]), damagedJson([PROJECT])),
      read: (input) => {
        const project = parseProject(String(input), 'project.json');
        layersOf(project);
        return formatProject(project);
      },
    },
    {
      name: 'annotation file',
      weight: 6,
      input: fc.oneof(
        damagedText([sidecar]),
        damagedLines([LABEL]).map((lines) => `${HEADER}\n${lines}`),
      ),
      read: (input) => parseSidecar(String(input), 'a.txt.jsonl'),
    },
    {
      name: 'history of labels',
      weight: 4,
      input: fc.oneof(damagedText([linesOf(HISTORY)]), damagedLines(HISTORY)),
      read: async (input) => {
        writeFileSync(path.join(local, 'history.jsonl'), input);
        const history = new History(root);
        await history.load();
        return [history.nextUndo(), history.nextRedo('a.txt')];
      },
    },
    {
      name: 'record of a retraining',
      weight: 4,
      input: fc.oneof(damagedText([JSON.stringify(sampleRecord)]), damagedJson([sampleRecord])),
      read: (input) => {
        const record = readRunRecord(String(input));
        return record && runSummary(record);
      },
    },
    {
      name: 'report on a retraining',
      weight: 0.5,
      input: damagedJson([sampleRecord]),
      read: async (input) => {
        const record = readRunRecord(String(input));
        return record && (await renderReport(record, { nonce: 'nonce', links: 'none' }));
      },
    },
    {
      name: 'choice of a model',
      weight: 2,
      input: damagedJson([
        {
          format: 'glossator-models',
          version: 1,
          current: path.basename(run),
          previous: null,
          pinned: [path.basename(run)],
        },
      ]),
      read: async (input) => {
        writeFileSync(path.join(models, 'current.json'), input);
        const history = new ModelHistory(root);
        return [await history.current(), await history.list()];
      },
    },
  ];
}
