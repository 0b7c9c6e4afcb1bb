import type { ProjectLayer } from './projectSchema';

const word = (name: string, description: string, color: string, key?: string) => ({
  name,
  description,
  color: `glossator.word.${color}`,
  ...(key === undefined ? {} : { key }),
});

const entity = (name: string, description: string, color: string, key: string) => ({
  name,
  description,
  color: `glossator.entity.${color}Border`,
  key,
});

/** The layers of a workspace that names none: universal parts of speech, and the entities of CoNLL-2003. */
export const defaultLayers: readonly ProjectLayer[] = [
  {
    name: 'pos',
    kind: 'token',
    labels: [
      word('ADJ', 'Adjective: says what a noun is like.', 'modifier', 'j'),
      word('ADP', 'Adposition: in, on, of; before or after a noun phrase.', 'function', 'p'),
      word('ADV', 'Adverb: modifies a verb, an adjective or a sentence.', 'modifier', 'r'),
      word('AUX', 'Auxiliary: has, will, is beside another verb or as copula.', 'verb', 'a'),
      word('CCONJ', 'Coordinating conjunction: and, or, but.', 'function', 'c'),
      word('DET', 'Determiner: the, this, every, no.', 'function', 'd'),
      word('INTJ', 'Interjection: oh, yes, hello.', 'other', 'i'),
      word('NOUN', 'Noun: a kind of person, thing, place or idea.', 'noun', 'n'),
      word('NUM', 'Numeral: in words, digits or Roman figures.', 'numeral', 'u'),
      word('PART', 'Particle: not, the possessive ’s, to before a verb.', 'function', 't'),
      word('PRON', 'Pronoun: stands for a noun phrase.', 'noun', 'o'),
      word('PROPN', 'Proper noun: the name of one person, place or thing.', 'noun', 'm'),
      word('PUNCT', 'Punctuation.', 'other', '.'),
      word('SCONJ', 'Subordinating conjunction: if, that, while.', 'function', 's'),
      word('SYM', 'Symbol: $, %, +, :).', 'other', 'y'),
      word('VERB', 'Verb: an event, an action or a state.', 'verb', 'v'),
      word('X', 'Other: fits no other class.', 'other', 'x'),
    ],
  },
  {
    name: 'ner',
    kind: 'span',
    overlap: false,
    labels: [
      entity('PER', 'Person: a name of a person or a character, without the title.', 'person', 'p'),
      entity(
        'ORG',
        'Organisation: a company, institution, party, team, band or newspaper.',
        'organization',
        'o',
      ),
      entity('LOC', 'Location: a country, city, region, or another place.', 'location', 'l'),
      entity('MISC', 'Miscellaneous: a nationality, language, work, event or product.', 'miscellaneous', 'm'),
    ],
  },
];
