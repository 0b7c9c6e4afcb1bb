/**
 * Where one surface token holds several syntactic words: `don't` is `do` + `n't`, `gonna` is `gon` + `na`.
 * The splits are those of the English Web Treebank (Universal Dependencies, multiword tokens).
 */

/** Contractions without a regular ending, as the pieces they fall into. */
const CONTRACTIONS: ReadonlyMap<string, readonly number[]> = new Map(
  `can-not gon-na wan-na wan-a got-ta out-ta ought-a du-n-no gim-me lem-me c'm-on d'-ye y'-all ya'-ll
   't-is 't-was 't-were 't-will 't-would it-'s
   do-nt does-nt did-nt wo-nt ca-nt could-nt would-nt should-nt is-nt are-nt ar-nt was-nt were-nt have-nt has-nt
   had-nt ai-nt must-nt wase-nt i-m i-ve you-re they-re you-ll they-ll it-ll you-ve they-ve we-ve
   that-s what-s there-s here-s where-s who-s he-s she-s let-s how-s else-s`
    .trim()
    .split(/\s+/u)
    .map((entry) => [entry.replaceAll('-', ''), entry.split('-').map((piece) => piece.length)] as const),
);

/** Spellings of the table above that are more often another word. */
const MORE_OFTEN_WHOLE: ReadonlySet<string> = new Set(['whos', 'hows', 'wheres']);

/** Longer words are not looked into: they are no words. */
const LONGEST_CONTRACTION = 64;

const NEGATION = /^(.+)(n['’`´]t)$/iu;
const CLITIC = /^(.*[^\d'’`´])(['’`´](?:s|m|re|ve|ll|d))$/iu;
const FRENCH = /^(d['’])(Orleans|Artagnan|Angelo|Amato|Agostino)$/u;

/**
 * The lengths, in UTF-16 code units, of the syntactic words that make up one surface word; one entry
 * where the word stands for itself. The lengths add up to that of the word.
 */
export function splitClitics(word: string): readonly number[] {
  if (word.length > LONGEST_CONTRACTION) return [word.length];
  const table = CONTRACTIONS.get(word.toLowerCase().replaceAll('’', "'"));
  if (table !== undefined && !MORE_OFTEN_WHOLE.has(word.toLowerCase())) return table;
  const match = NEGATION.exec(word) ?? CLITIC.exec(word) ?? FRENCH.exec(word);
  if (match === null) return [word.length];
  return [...splitClitics(match[1]), match[2].length];
}

/** Words that were written together by mistake: two surface tokens, unlike a contraction. */
const RUN_ONS: ReadonlyMap<string, readonly number[]> = new Map([
  ['alot', [1, 3]],
  ["i'ma", [3, 1]],
]);

/** The lengths of the surface words that a run-on word falls into; one entry for every other word. */
export function splitRunOn(word: string): readonly number[] {
  return RUN_ONS.get(word.toLowerCase()) ?? [word.length];
}

/**
 * Whether `its` or `your`, ending at `end`, stands for `it's` or `you're`: a word follows that no noun phrase
 * begins with.
 */
export function lacksApostrophe(word: string, text: string, end: number): boolean {
  if (!/^(?:[Ii]ts|ITS|[Yy]our)$/u.test(word)) return false;
  NO_NOUN_PHRASE.lastIndex = end;
  return NO_NOUN_PHRASE.test(text);
}

const NO_NOUN_PHRASE =
  /\s+(?:an?|the|not|just|really|very|still|also|always|simply|definitely|like|in|for|from|between|now|all|been|nothing|getting|pretty|so|too|such|actually|almost|worth|about|as|at|because|going|gonna|welcome|only)(?![\p{L}\p{N}'’-])/iuy;
