import type { TableSentence } from '../terminal/alignedTable';
import type { HeldSentence } from './heldSentences';

/** What the table shows of a sentence that came over the wire, with its words from the text. */
export function wireTable(text: string, { start, wire }: HeldSentence): TableSentence {
  const { tokens } = wire;
  const byName = Object.entries(wire.layers ?? {});
  const layers = byName.map(([, layer]) => layer);
  const count = tokens.length / 2;
  return {
    forms: Array.from({ length: count }, (_, i) =>
      text.slice(start + tokens[2 * i], start + tokens[2 * i + 1]),
    ),
    tokenLayers: layers.flatMap((layer) => (layer.kind === 'token' ? [layer.labels] : [])),
    spanLayers: layers.flatMap((layer) => (layer.kind === 'span' ? [layer.spans] : [])),
    sentenceLayers: byName.flatMap(([name, layer]) =>
      layer.kind === 'sentence' ? [{ name, ...layer }] : [],
    ),
  };
}
