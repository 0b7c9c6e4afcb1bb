/** What a label means to a reader. */
export interface LabelDefinition {
  readonly name: string;
  /** One line. */
  readonly explanation: string;
}

type Definitions = Readonly<Record<string, LabelDefinition>>;

const define = (name: string, explanation: string): LabelDefinition => ({ name, explanation });

/** The universal part-of-speech tags, https://universaldependencies.org/u/pos/ (version 2). */
const PARTS_OF_SPEECH: Definitions = {
  ADJ: define('adjective', 'Modifies a noun and says what it is like: “green”, “third”, “bigger”.'),
  ADP: define(
    'adposition',
    'Stands before or after a noun phrase and relates it to the rest: “in”, “to”, “ago”.',
  ),
  ADV: define('adverb', 'Modifies a verb, an adjective or another adverb: “very”, “tomorrow”, “where”.'),
  AUX: define(
    'auxiliary',
    'Goes with a verb and marks tense, mood, voice or the copula: “has”, “will”, “is”.',
  ),
  CCONJ: define('coordinating conjunction', 'Joins words or clauses of equal rank: “and”, “or”, “but”.'),
  DET: define('determiner', 'Says which or how many of a noun are meant: “the”, “this”, “every”, “no”.'),
  INTJ: define('interjection', 'An exclamation or a greeting that stands by itself: “oh”, “yes”, “hello”.'),
  NOUN: define('noun', 'Names a kind of person, thing, place, animal or idea: “tree”, “beauty”.'),
  NUM: define('numeral', 'Expresses a number in words, digits or Roman figures: “three”, “2014”, “IV”.'),
  PART: define(
    'particle',
    'A function word of no other class: “not”, the possessive “’s”, “to” before a verb.',
  ),
  PRON: define('pronoun', 'Stands for a noun or a noun phrase: “she”, “mine”, “who”, “something”.'),
  PROPN: define('proper noun', 'The name of one person, place, organisation or thing: “Mary”, “London”.'),
  PUNCT: define('punctuation', 'A mark that separates or groups parts of the text: “.”, “,”, “(”.'),
  SCONJ: define('subordinating conjunction', 'Makes a clause part of another one: “that”, “if”, “while”.'),
  SYM: define('symbol', 'A sign that stands for a word or for nothing spoken: “$”, “%”, “+”, “:)”.'),
  VERB: define('verb', 'Expresses an event, an action or a state: “run”, “ate”, “falling”.'),
  X: define('other', 'A word that fits no other class, such as a foreign or a broken one: “etc.”, “xfgh”.'),
};

/** The four entity types of the CoNLL-2003 shared task (Tjong Kim Sang and De Meulder 2003). */
const ENTITIES: Definitions = {
  PER: define('person', 'The name of a person or a character, without the title.'),
  ORG: define('organisation', 'A company, institution, party, team, band or newspaper.'),
  LOC: define('location', 'A country, city, region, or another natural or built place.'),
  MISC: define('miscellaneous', 'A nationality, religion, language, work, event, award, product or law.'),
};

const LAYERS: Readonly<Record<string, { title: string; definitions: Definitions }>> = {
  pos: { title: 'Part of speech', definitions: PARTS_OF_SPEECH },
  ner: { title: 'Named entity', definitions: ENTITIES },
};

/** The name of a layer for a reader; its own name where it is not one of ours. */
export function layerTitle(layer: string): string {
  return Object.hasOwn(LAYERS, layer) ? LAYERS[layer].title : layer;
}

/** What `label` means in `layer`, or undefined where it is not one of ours. */
export function definitionOf(layer: string, label: string): LabelDefinition | undefined {
  const definitions = Object.hasOwn(LAYERS, layer) ? LAYERS[layer].definitions : {};
  return Object.hasOwn(definitions, label) ? definitions[label] : undefined;
}
