import type { LayerMix, ModelDetails, ModelLayer } from '../server/protocol/messages';

const kinds: Readonly<Record<ModelLayer['kind'], string>> = {
  token: 'tags every word',
  span: 'marks runs of words',
  sentence: 'labels sentences',
};

const backends: Readonly<Record<ModelDetails['backend'], string>> = {
  native: 'native TensorFlow',
  wasm: 'WebAssembly',
};

/** Layer 0 does not look at the context; the others are LSTM layers. */
const layerName = (layer: number): string => (layer === 0 ? 'word alone' : `LSTM ${layer}`);

function mixLines({ layers, gamma }: LayerMix): string[] {
  const shares = layers.map((share, k) => `${layerName(k)} ${(100 * share).toFixed(0)} %`);
  return [`- layer weights: ${shares.join(', ')}; scale ${gamma.toFixed(2)}`];
}

function layerSection({ name, kind, labels, mix, tuned }: ModelLayer): string[] {
  return [
    `## ${name}`,
    '',
    `- ${kinds[kind]}: ${labels.join(', ')}`,
    ...(mix ? mixLines(mix) : ['- does not read the embedder']),
    ...(tuned.length > 0 ? [`- trained further for this layer: ${tuned.join(', ')}`] : []),
    '',
  ];
}

/** What the model is made of, as Markdown that also reads well as plain text. */
export function modelDetailsText({ modelId, directory, backend, embedder, layers }: ModelDetails): string {
  return [
    `# Model ${modelId}`,
    '',
    `- folder: ${directory}`,
    `- runs on: ${backends[backend]}`,
    `- embedder: ${embedder.layers} layers of ${embedder.size} numbers for each word`,
    '',
    ...layers.flatMap(layerSection),
  ].join('\n');
}
