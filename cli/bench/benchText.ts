import { Random } from '../../models/random';
import { segment } from '../../models/text/segmenter';

const TEMPLATES = [
  '{Name} {Name} told reporters in {Place} on {day} that the {adj} {noun} of the {Place} {noun} would cost {number} million euros.',
  'When the {noun} reached {Place}, the {adj} {noun} had already {verbed} most of its {noun}, and nobody from the {Org} {noun} was there.',
  'The {Org} Institute, which {Name} {Name} founded in {year}, {verbed} {number} {adj} {noun}s and a {noun} from {Place}.',
  'She did not {verb} the {adj} {noun}; she said that it was {number} years too late for a {noun} like that one.',
  '"We can\'t {verb} another {noun}," said {Name} {Name}, who has {verbed} {noun}s for {Org} since {year}.',
  'In {month} {year} a {noun} of {number} {noun}s {verbed} the road between {Place} and {Place}.',
  '{Name} {verbed} the {noun} slowly, because the {adj} {noun} beside it had begun to {verb}.',
  'Nobody knows why the {noun}s of {Place} {verbed} so {adv}, but {Name} thinks that the {adj} {noun} is to blame.',
  'Its {noun} is {adj}, its {noun} is {adj}, and the {noun}s that {Org} {verbed} in {year} are still {adv} {adj}.',
  'Ferries run by {Org} will carry {number} {noun}s a day from {Place} until the {noun} is {verbed} again.',
  'He would have {verbed} the {adj} {noun} if {Name} {Name} had not {verbed} it {adv} on {day}.',
  'After {number} days the {Place} {noun} was {verbed}, and {Name} went back to {Place} with a {adj} {noun}.',
];

const WORDS: Readonly<Record<string, readonly string[]>> = {
  day: 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' '),
  month: 'January March April June July September October November'.split(' '),
  noun: 'bridge harbour letter engine garden council lantern market window ledger signal orchard winter quarrel tape voice river school kettle manuscript'.split(' '), // prettier-ignore
  adj: 'old narrow silver careful northern empty sudden cold famous broken quiet wooden yellow certain'.split(
    ' ',
  ),
  adv: 'slowly gladly badly quietly almost never often nearly twice'.split(' '),
  verb: 'open carry repair answer count follow paint trust bury copy'.split(' '),
  verbed: 'opened carried repaired answered counted followed painted trusted buried copied'.split(' '),
};

const SYLLABLES = 'bra del ka lin mor ne os per qua ri sol ta ul ven wes zan ham ber fen gol'.split(' ');

/**
 * English of about `words` words in paragraphs, alike on every machine: the given texts once, then sentences
 * from templates. No sentence comes twice and names are made from syllables, so that neither the cache of
 * sentences nor that of word vectors makes a benchmark look better than a text of one's own would.
 */
export function benchText(samples: readonly string[], words: number, seed: number): string {
  const random = new Random(seed);
  const seen = new Set<string>();
  const paragraphs: string[] = [];
  let count = 0;
  for (const paragraph of random.shuffle(samples.flatMap((text) => text.split(/\n{2,}/)))) {
    const length = wordsOf(paragraph);
    if (count + length > words / 2) break;
    count += length;
    paragraphs.push(paragraph);
  }
  while (count < words) {
    const sentences: string[] = [];
    for (let left = 3 + random.below(4); left > 0 && count < words;) {
      const sentence = benchSentence(random);
      if (seen.has(sentence)) continue;
      seen.add(sentence);
      sentences.push(sentence);
      count += wordsOf(sentence);
      left--;
    }
    paragraphs.push(sentences.join(' '));
  }
  return `${paragraphs.join('\n\n')}\n`;
}

function benchSentence(random: Random): string {
  const template = TEMPLATES[random.below(TEMPLATES.length)];
  return template.replace(/\{(\w+)\}/g, (_, slot: string) => filler(slot, random));
}

function filler(slot: string, random: Random): string {
  switch (slot) {
    case 'Name':
    case 'Place':
    case 'Org':
      return madeUpName(random);
    case 'number':
      return String(2 + random.below(998));
    case 'year':
      return String(1700 + random.below(330));
    default:
      return WORDS[slot][random.below(WORDS[slot].length)];
  }
}

/** A name of two or three syllables that no list of words holds. */
export function madeUpName(random: Random): string {
  const length = 2 + random.below(2);
  const name = Array.from({ length }, () => SYLLABLES[random.below(SYLLABLES.length)]).join('');
  return name[0].toUpperCase() + name.slice(1);
}

function wordsOf(text: string): number {
  return segment(text, 'plain').reduce((sum, { content }) => sum + content.forms.length, 0);
}
