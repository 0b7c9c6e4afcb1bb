import { createRequire } from 'node:module';
import path from 'node:path';
import { peersDir } from './installPeers.mjs';

const require = createRequire(path.join(peersDir, 'package.json'));

/**
 * wink-nlp with its English model. It says UPOS itself, so nothing is mapped; of names it marks none (its entities
 * are numbers, dates, addresses and the like).
 */
export async function open() {
  const nlp = require('wink-nlp')(require('wink-eng-lite-web-model'), ['sbd', 'pos']);
  const { value, pos } = nlp.its;
  const tag = (text) => {
    const tokens = nlp.readDoc(text).tokens();
    const tags = tokens.out(pos);
    const words = tokens.out(value).map((form, k) => ({ form, words: [{ form, tag: tags[k] }] }));
    return { tokens: words, spans: [] };
  };
  return { marksNames: false, tagAll: (texts) => texts.map(tag) };
}
