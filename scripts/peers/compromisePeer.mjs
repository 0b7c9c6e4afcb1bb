import { createRequire } from 'node:module';
import path from 'node:path';
import { NAMES, uposOf, uposOfMark } from './compromiseTags.mjs';
import { peersDir } from './installPeers.mjs';

const require = createRequire(path.join(peersDir, 'package.json'));

/** Runs of one mark, or single marks: `...` and `--` are one token. */
function marks(text) {
  return (text.match(/(\S)\1*/gu) ?? []).map((form) => ({ form, words: [{ form, tag: uposOfMark(form) }] }));
}

/** `don't` of do + not, as the treebank cuts it: do + n't; others at the length of the first word. */
function contraction(form, [first, ...others]) {
  const cut = /n['’]t$/i.test(form) ? form.length - 3 : first.length;
  if (others.length !== 1 || cut <= 0 || cut >= form.length) return null;
  return [form.slice(0, cut), form.slice(cut)];
}

/** The terms of a text, those of one contraction together, with what stands around them. */
function groups(terms) {
  const found = [];
  for (const term of terms) {
    // All but the first term of a contraction have no text of their own.
    if (term.text === '' && term.implicit && found.length > 0) found.at(-1).push(term);
    else found.push([term]);
  }
  return found;
}

/** The surface token of a group, cut into words as the treebank does. */
function surfaceToken(group, form, next) {
  const tagOf = (term, after) => uposOf(term.tags, (term.implicit || term.text || '').toLowerCase(), after);
  const tags = group.map((term, k) => tagOf(term, (group[k + 1] ?? next)?.tags));
  const cut = group.length > 1 ? contraction(form, group.map(({ implicit }) => implicit)) : null; // prettier-ignore
  if (cut) return { form, words: cut.map((word, k) => ({ form: word, tag: tags[k] })) };
  const possessive = /^(.+)(['’]s?)$/i.exec(form);
  if (possessive && group[0].tags.includes('Possessive') && !group[0].tags.includes('Pronoun')) {
    const [, stem, ending] = possessive;
    return { form, words: [{ form: stem, tag: tags[0] }, { form: ending, tag: 'PART' }] }; // prettier-ignore
  }
  return { form, words: [{ form, tag: tags[0] }] };
}

function tokensOf(terms) {
  const found = groups(terms);
  return found.flatMap((group, k) => {
    const [{ pre, text, tags }] = group;
    let after = group.at(-1).post;
    let form = text;
    // It keeps the full stop of "Dr." outside; the treebank keeps it in the word.
    if (tags.some((tag) => tag === 'Abbreviation' || tag === 'Acronym') && after.startsWith('.')) {
      form += '.';
      after = after.slice(1);
    }
    const middle = form === '' ? [] : [surfaceToken(group, form, found[k + 1]?.[0])];
    return [...marks(pre), ...middle, ...marks(after)];
  });
}

/** Names in a text, without titles before them and the possessive after them. */
function spansOf(doc, text) {
  return Object.entries(NAMES).flatMap(([method, label]) =>
    doc[method]()
      .json({ offset: true, terms: { offset: true, tags: true, text: true } })
      .flatMap(({ terms }) => {
        const named = terms.slice(terms.findIndex(({ tags }) => !tags.includes('Honorific')));
        if (named.length === 0) return [];
        const last = named.at(-1).offset;
        const start = named[0].offset.start;
        const name = text.slice(start, last.start + last.length).replace(/['’]s?$/, '');
        return [{ start, end: start + name.length, label }];
      }),
  );
}

/** compromise, "three": its largest build. */
export async function open() {
  const nlp = require('compromise');
  const terms = { text: true, pre: true, post: true, tags: true, implicit: true };
  const tag = (text, withNames) => {
    const doc = nlp(text);
    const tokens = tokensOf(doc.json({ terms }).flatMap((sentence) => sentence.terms));
    return { tokens, spans: withNames ? spansOf(doc, text) : [] };
  };
  return { marksNames: true, tagAll: (texts, withNames) => texts.map((text) => tag(text, withNames)) };
}
