import path from 'node:path';
import { root } from '../paths.mjs';
import { library } from './library.mjs';

/** Glossator on the backend that the environment names, with the embedded model. */
export async function open() {
  const { loadBackend, loadTagger, segment, segmentedTokens } = library();
  await loadBackend('auto');
  const tagger = await loadTagger(path.join(root, 'models', 'pretrained'));
  const tagAll = async (texts, withNames) => {
    const layers = [withNames ? 'ner' : 'pos'];
    const placed = texts.map((text) => segment(text, 'plain'));
    const forms = placed.flat().map(({ content }) => content.forms);
    const predictions = await tagger.tag(forms, { layers });
    let at = 0;
    return placed.map((sentences) => {
      const own = sentences.map((sentence) => ({ sentence, prediction: predictions[at++] }));
      const spans = own.flatMap(({ sentence: { tokens }, prediction: { ner } }) =>
        (ner?.spans ?? []).map(({ start, end, label }) => ({
          start: tokens[start].start,
          end: tokens[end - 1].end,
          label,
        })),
      );
      const tokens = own.flatMap(({ sentence, prediction: { pos } }) =>
        segmentedTokens(sentence.tokens, pos?.tags.map(({ label }) => label) ?? []),
      );
      return { tokens, spans };
    });
  };
  return { marksNames: true, tagAll };
}
