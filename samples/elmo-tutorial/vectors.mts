// npm run tutorial vectors: the word "book" in context. Its vectors as a noun are alike, and its vectors as a verb are.
import { embedSentences, loadBackend, openEmbedder, textWords } from 'glossator';

const text = `The book lay open on the table. She read the book to the children.
We book a room every year. They will book the cheaper flight.`;

await loadBackend();
const elmo = await openEmbedder(); // the embedded one; or a folder, 'options.json,weights.hdf5', a Hub module
const uses: { sentence: string; vector: Float32Array }[] = [];
for await (const { tokens, layers, size } of embedSentences(textWords(text), elmo, 'top')) {
  const at = tokens.indexOf('book') * size;
  uses.push({ sentence: tokens.join(' '), vector: layers[0].slice(at, at + size) });
}
elmo.dispose();

const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, x, k) => sum + x * b[k], 0);
const cosine = (a: Float32Array, b: Float32Array): number => dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
for (const { sentence, vector } of uses)
  console.log(uses.map((use) => cosine(vector, use.vector).toFixed(2)).join('  '), ' ', sentence);
