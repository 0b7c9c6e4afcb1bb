import type { LayerTags, StatusParams } from '../../server/protocol/messages';
import type { HeldSentence, HeldSentences } from './heldSentences';
import type { TerminalStyle } from '../terminal/terminalStyle';

const NEXT_STEPS: readonly (readonly [command: string, purpose: string])[] = [
  ['npm start -- FILE…', 'the same view of texts of your own'],
  ['npm run code', 'open the samples in VS Code'],
  ['npm run -s glossator -- tag --format conllu FILE', 'tagged text for other tools'],
  ['npm run -s glossator -- serve --stdio', 'the language server, for any editor'],
  ['npm run -s glossator -- bench', 'how fast all this is on your machine'],
  ['npm test', 'run the tests'],
];

/** Counts of what was tagged, the speed, and what to try next. */
export function startSummary(
  texts: readonly { readonly held: HeldSentences }[],
  status: StatusParams,
  seconds: number,
  { colors }: TerminalStyle,
): string {
  const sentences = texts.flatMap(({ held }) => held.placed());
  const words = sentences.reduce((sum, { wire }) => sum + wire.tokens.length / 2, 0);
  const layers = sentences.flatMap(({ wire }) => Object.values(wire.layers ?? {}));
  const speed = Math.round((1000 * status.words) / Math.max(1, status.milliseconds));
  const longest = Math.max(...NEXT_STEPS.map(([command]) => command.length));
  const lines = [
    colors.bold(
      `${count(words, 'word')} in ${count(sentences.length, 'sentence')} of ${count(texts.length, 'text')}`,
    ),
    `Parts of speech  ${counts(layers.flatMap(tokenLabels))}`,
    `Entities         ${counts(layers.flatMap(spanLabels))}`,
    ...sentenceLines(sentences),
    `Speed            ${speed} words per second on the ${status.backend ?? 'unknown'} backend; ` +
      `all done in ${seconds.toFixed(1)} s, start included`,
    `Model            ${status.modelId ?? 'none'}`,
    '',
    colors.bold('What to try next'),
    ...NEXT_STEPS.map(([command, purpose]) => `  ${colors.cyan(command.padEnd(longest))}  ${purpose}`),
  ];
  return `${lines.join('\n')}\n`;
}

function tokenLabels(layer: LayerTags): readonly string[] {
  return layer.kind === 'token' ? layer.labels : [];
}

function spanLabels(layer: LayerTags): readonly string[] {
  return layer.kind === 'span' ? layer.spans.map(({ label }) => label) : [];
}

/** A line for each layer that labels whole sentences. */
function sentenceLines(sentences: readonly HeldSentence[]): string[] {
  const byLayer = new Map<string, string[]>();
  for (const { wire } of sentences)
    for (const [name, layer] of Object.entries(wire.layers ?? {}))
      if (layer.kind === 'sentence') byLayer.set(name, [...(byLayer.get(name) ?? []), layer.label]);
  return [...byLayer].map(([name, labels]) => `${name.padEnd(16)} ${counts(labels)}`);
}

/** The labels with how often each occurs, the most frequent first. */
function counts(labels: readonly string[]): string {
  const byLabel = new Map<string, number>();
  for (const label of labels) byLabel.set(label, (byLabel.get(label) ?? 0) + 1);
  const sorted = [...byLabel].sort((a, b) => b[1] - a[1]);
  return sorted.map(([label, times]) => `${label} ${times}`).join(', ') || 'none';
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}
