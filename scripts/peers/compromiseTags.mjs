/*
 * From the tags of compromise to UPOS. It gives each term a set of tags, general and special; the first row with a
 * tag of the set decides. What it does not tell apart is decided by lists of words, to its advantage.
 */
const UPOS = [
  ['Url', 'X'],
  ['Email', 'X'],
  ['AtMention', 'PROPN'],
  ['HashTag', 'X'],
  ['Emoticon', 'SYM'],
  ['Emoji', 'SYM'],
  ['Negative', 'PART'],
  ['Copula', 'AUX'],
  ['Modal', 'AUX'],
  ['Auxiliary', 'AUX'],
  ['Verb', 'VERB'],
  ['Pronoun', 'PRON'],
  ['Determiner', 'DET'],
  ['Preposition', 'ADP'],
  ['Conjunction', 'CCONJ'],
  ['Ordinal', 'ADJ'],
  ['Value', 'NUM'],
  ['ProperNoun', 'PROPN'],
  ['Honorific', 'PROPN'],
  ['Acronym', 'PROPN'],
  ['WeekDay', 'PROPN'],
  ['Month', 'PROPN'],
  ['Noun', 'NOUN'],
  ['Comparable', 'ADJ'],
  ['Adjective', 'ADJ'],
  ['Adverb', 'ADV'],
  ['QuestionWord', 'ADV'],
  ['There', 'PRON'],
  ['Expression', 'INTJ'],
  ['Currency', 'SYM'],
  ['Date', 'NOUN'],
];

const words = (text) => new Set(text.split(' '));
const SUBORDINATING = words(
  'that if because while although though since unless whether as until before after whereas once than lest so',
);
const COORDINATING = words('and or but nor & yet plus');
const POSSESSIVE = words('my your his her its our their whose');
const QUESTION_PRONOUNS = words('what who whom which whose whatever whoever whichever');

/**
 * The UPOS of a term.
 * @param tags all its tags @param form in lower case @param next tags of the term after it
 */
export function uposOf(tags, form, next = []) {
  if (form === 'to') return next.includes('Infinitive') ? 'PART' : 'ADP';
  if (POSSESSIVE.has(form)) return 'PRON';
  const has = new Set(tags);
  if (has.has('QuestionWord') || QUESTION_PRONOUNS.has(form))
    return QUESTION_PRONOUNS.has(form) ? 'PRON' : form === 'if' ? 'SCONJ' : 'ADV';
  if (has.has('Conjunction') || has.has('Preposition')) {
    if (COORDINATING.has(form)) return 'CCONJ';
    if (SUBORDINATING.has(form)) return has.has('Conjunction') ? 'SCONJ' : 'ADP';
    if (has.has('Conjunction')) return 'SCONJ';
  }
  return UPOS.find(([tag]) => has.has(tag))?.[1] ?? 'X';
}

/** The UPOS of a mark that compromise keeps outside its terms. */
export function uposOfMark(mark) {
  return /^[$€£¥%+=<>^~|@#&*/\\©®™°]+$/.test(mark) ? 'SYM' : 'PUNCT';
}

/** Its names and ours. It marks nothing like MISC. */
export const NAMES = { people: 'PER', places: 'LOC', organizations: 'ORG' };
