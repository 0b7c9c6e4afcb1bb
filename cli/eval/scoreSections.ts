import type { CalibrationErrors } from '../../models/evaluation/evaluateAll';
import type { Score } from '../../models/evaluation/score';
import type { ModelFigures } from './evalAll';
import { markdownTable, type Rows, textTable } from '../terminal/textTable';

/** A table with a title, and a sentence on what its figures are. */
export interface Section {
  readonly title: string;
  readonly note: string;
  readonly rows: Rows;
}

const percent = (fraction: number): string => (100 * fraction).toFixed(2);
const dash = '–';

/** Everything that was measured as tables. Sections without figures are left out. */
export function scoreSections(figures: ModelFigures): Section[] {
  const sections = [
    posSection(figures),
    rawSection(figures),
    tagSection(figures),
    entitySection(figures),
    calibrationSection(figures),
    perplexitySection(figures),
    speedSection(figures),
  ];
  return sections.filter(({ rows }) => rows.length > 1);
}

function posSection({ pos }: ModelFigures): Section {
  return {
    title: 'Parts of speech, gold tokens',
    note: 'Share of the words whose UPOS is right, in percent.',
    rows: [
      ['data', 'words', 'accuracy'],
      ...pos.map(({ data, words, accuracy }) => [data, String(words), percent(accuracy)]),
    ],
  };
}

function rawSection({ raw }: ModelFigures): Section {
  return {
    title: 'Parts of speech, raw text',
    note: 'F1 as the CoNLL 2018 shared task counts it.',
    rows: [
      ['data', 'Tokens', 'Words', 'Sentences', 'UPOS'],
      ...raw.map(({ data, ...scores }) => [
        data,
        ...[scores.tokens, scores.words, scores.sentences, scores.upos].map(({ f1 }) => percent(f1)),
      ]),
    ],
  };
}

function tagSection({ pos }: ModelFigures): Section {
  const tags = [...new Set(pos.flatMap((set) => Object.keys(set.tags)))].sort();
  const f1 = (score: Score | undefined): string => (score?.gold ? percent(score.f1) : dash);
  return {
    title: 'By part of speech',
    note: 'F1, gold tokens.',
    rows: tags.length
      ? [
          ['tag', ...pos.map(({ data }) => data)],
          ...tags.map((tag) => [tag, ...pos.map((set) => f1(set.tags[tag]))]),
        ]
      : [],
  };
}

function entitySection({ ner }: ModelFigures): Section {
  const types = [...new Set(ner.flatMap((set) => Object.keys(set.types)))].sort();
  return {
    title: 'Entities',
    note: 'Precision, recall and F1 of whole entities as conlleval counts them, and the F1 of each type.',
    rows: [
      ['data', 'words', 'precision', 'recall', 'F1', ...types],
      ...ner.map(({ data, words, all, types: byType }) => [
        data.replace('ner/sources/', ''),
        String(words),
        ...[all.precision, all.recall, all.f1].map(percent),
        ...types.map((type) => (byType[type]?.gold ? percent(byType[type].f1) : dash)),
      ]),
    ],
  };
}

function calibrationSection({ pos, ner }: ModelFigures): Section {
  const row = (data: string, { before, after }: CalibrationErrors): string[] => [
    data.replace('ner/sources/', ''),
    percent(before),
    percent(after),
  ];
  return {
    title: 'Calibration',
    note:
      'Expected calibration error in points (15 bins, Guo et al. 2017), without and with the temperature that was ' +
      'fitted on dev: of every word’s tag, and of every predicted entity.',
    rows: [
      ['data', 'before', 'after'],
      ...pos.map(({ data, calibration }) => row(data, calibration)),
      ...ner.map(({ data, calibration }) => row(data, calibration)),
    ],
  };
}

function perplexitySection({ perplexity }: ModelFigures): Section {
  return {
    title: 'Language model',
    note: 'Perplexity on held-out text when its training ended, with the whole vocabulary scored.',
    rows: perplexity
      ? [
          ['', 'forwards', 'backwards'],
          ['perplexity', perplexity.forward.toFixed(1), perplexity.backward.toFixed(1)],
        ]
      : [],
  };
}

function speedSection({ measures }: ModelFigures): Section {
  const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;
  const megabytes = (bytes: number | null | undefined): string =>
    bytes ? `${Math.round(bytes / 1e6)} MB` : dash;
  return {
    title: 'Speed and memory',
    note:
      'In a process of its own: loading the model; from the start of the process until it is loaded, and until the ' +
      'first sentence is tagged; words per second with all layers in bulk; the most memory it held.',
    rows: [
      ['backend', 'model', 'loaded', 'first sentence', 'words/s', 'memory'],
      ...measures.map(({ backend, model, loaded, firstSentence, wordsPerSecond, memory }) => [
        backend,
        seconds(model),
        seconds(loaded),
        seconds(firstSentence),
        String(wordsPerSecond),
        megabytes(memory?.peak ?? memory?.resident),
      ]),
    ],
  };
}

export function sectionsAsText(sections: readonly Section[]): string {
  return sections.map(({ title, note, rows }) => `${title}. ${note}\n\n${textTable(rows)}`).join('\n\n\n');
}

export function sectionsAsMarkdown(sections: readonly Section[]): string {
  return sections
    .map(({ title, note, rows }) => `### ${title}\n\n${note}\n\n${markdownTable(rows)}`)
    .join('\n\n');
}
