import assert from 'node:assert/strict';
import { test } from 'node:test';
import { modelDetailsText } from '../../client/modelDetailsText';

test('the details of a model name all that it is made of', () => {
  const text = modelDetailsText({
    modelId: 'abc',
    directory: '/models/mine',
    backend: 'wasm',
    embedder: { layers: 3, size: 256 },
    layers: [
      {
        name: 'pos',
        kind: 'token',
        labels: ['NOUN', 'VERB'],
        mix: { layers: [0.2, 0.45, 0.35], gamma: 1.725 },
        tuned: ['lstm2', 'lstm1'],
      },
      { name: 'mood', kind: 'sentence', labels: ['calm', 'cross'], mix: null, tuned: [] },
    ],
  });
  assert.equal(
    text,
    `# Model abc

- folder: /models/mine
- runs on: WebAssembly
- embedder: 3 layers of 256 numbers for each word

## pos

- tags every word: NOUN, VERB
- layer weights: word alone 20 %, LSTM 1 45 %, LSTM 2 35 %; scale 1.73
- trained further for this layer: lstm2, lstm1

## mood

- labels sentences: calm, cross
- does not read the embedder
`,
  );
});
