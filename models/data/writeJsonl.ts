import type { LayerPrediction } from '../taggers/prediction';
import type { Token } from '../text/span';
import type { AnnotatedDocument } from './annotatedDocument';

/**
 * A document as JSON Lines, one object for each sentence: `file`, `start`, `end`, `text` (the source between
 * them), `tokens` with `form`, `start`, `end` (and `joined` where the word belongs to the surface token before it),
 * and `layers` by name. A token layer is a list parallel to the tokens of `label`, `probability` and `runnerUp`; a span
 * layer a list of `label`, `probability`, `start`, `end`, `firstToken`, `lastToken`; a sentence layer a list of all
 * its labels with `label` and `probability`, the most probable first.
 * All offsets are half-open and count UTF-16 code units of the source.
 */
export function* writeJsonl({ id, source, sentences }: AnnotatedDocument): Generator<string> {
  for (const { sentence, layers } of sentences) {
    const { start, end, tokens } = sentence;
    const byName = Object.fromEntries(
      Object.entries(layers).map(([name, layer]) => [name, layerJson(layer, tokens)]),
    );
    yield `${JSON.stringify({
      file: id,
      start,
      end,
      text: source.slice(start, end),
      tokens: tokens.map((token) => ({
        form: token.form,
        start: token.start,
        end: token.end,
        ...(token.joined ? { joined: true } : {}),
      })),
      layers: byName,
    })}\n`;
  }
}

function layerJson(layer: LayerPrediction, tokens: readonly Token[]): object[] {
  if (layer.kind === 'token')
    return layer.tags.map(({ label, probability, runnerUp }) => ({
      label,
      probability: rounded(probability),
      runnerUp: runnerUp && { label: runnerUp.label, probability: rounded(runnerUp.probability) },
    }));
  if (layer.kind === 'sentence')
    return layer.labels.map(({ label, probability }) => ({ label, probability: rounded(probability) }));
  return layer.spans.map((span) => ({
    label: span.label,
    probability: rounded(span.probability),
    start: tokens[span.start].start,
    end: tokens[span.end - 1].end,
    firstToken: span.start,
    lastToken: span.end - 1,
  }));
}

/** Six decimals: what single precision carries. */
function rounded(probability: number): number {
  return Math.round(probability * 1e6) / 1e6;
}
