/**
 * Abbreviations that keep their period inside a sentence, as the English Web Treebank writes them.
 * At the end of a sentence the treebank splits the period off again; `sentenceSplitter.ts` does that.
 */

/** Written with a capital; in lower case they are ordinary words (`sat`, `sun`) or not abbreviations. */
const CAPITALIZED = words(`
  Mr Mrs Ms Mx Messrs Mme Mlle Dr Drs Prof St Ste Sr Jr Rev Hon Fr Gen Col Lt Capt Cpt Cmdr Adm Maj Sgt Cpl Pvt
  Gov Sen Rep Reps Sens Pres Supt Insp Det Esq Bros Inc Corp Co Ltd Cos Plc Assn Dept Univ Inst Intl Natl
  Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun
  Ave Blvd Rd Hwy Rte Ft Mt Mtn Pt Pkwy Sq Bldg Apt Ala Ariz Ark Calif Colo Conn Del Fla Ga Ia Ill Ind Kan Kans
  Ky La Mass Md Mich Minn Miss Mo Mont Neb Nebr Nev Okla Ore Penn Pa Tenn Tex Va Vt Wash Wis Wisc Wyo Que Ont
  Ph Phil Eng Bart Br Sec Para Art Ch Cap Ed Eds Vol Vols Fig Figs Eq Eqs No Nos Attn Ref Refs Spec Conf Arrv Mob
  Ex Gen Lev Num Deut Josh Judg Sam Kgs Chr Ps Prov Eccl Isa Jer Ezek Matt Rom Cor Gal Eph Thess Tim Heb Jas Pet
`);

/** Abbreviations in any case. */
const ANY_CASE = words(`
  etc vs viz cf ca approx resp incl excl eg ie al et seq ibid op cit loc esp est dept govt
  fig figs vol vols ed eds eq eqs sec pp nos ext tel fax attn encl misc min mins hr hrs yr yrs
  ft lb lbs oz kg cm mm km sq mph rpm gal tbsp tsp pt qt doz avg max temp dia wt ht
  ave blvd rd bldg apt ste inc corp ltd llc bros co assn univ mr mrs ms dr jr sr gov lt gen sgt capt rev prof
  jan feb aug sept oct nov dec tues thurs arrv ph
`);

/** Words as often as abbreviations: only what follows tells (`No. 5`, `Fig. 2`, `p. 12`). */
const BEFORE_NUMBER = words(
  'no nos art p pp ch cap para vol fig figs eq sec sect ex nr max min abs bd ziff rn kap',
);

/** Ordinary words in lower case that the list above must not turn into abbreviations there. */
const NEEDS_CAPITAL = words('ill ind mass miss mar sat sun art fax max min');

/**
 * Whether `word` followed by a period is an abbreviation.
 * @param word the letters before the period
 * @param after the text that follows the period, at least up to its first visible character
 */
export function isAbbreviation(word: string, after: string): boolean {
  const lower = word.toLowerCase();
  if (BEFORE_NUMBER.has(lower) && /^\s*[#\d]/u.test(after)) return true;
  if (lower === 'no' || lower === 'p' || lower === 'ch' || lower === 'art') return false;
  if (/^\p{L}$/u.test(word)) return isInitial(word, after);
  if (CAPITALIZED.has(word)) return true;
  if (NEEDS_CAPITAL.has(lower)) return false;
  return ANY_CASE.has(lower) || CAPITALIZED_UPPER.has(word);
}

/** `W. Bush`, `J.`: a capital other than the pronoun; `I.` only before another capital (`I. Lewis Libby`). */
function isInitial(letter: string, after: string): boolean {
  if (!/\p{Lu}/u.test(letter)) return letter === 'c' || letter === 'v' || letter === 'b';
  return letter !== 'I' || /^\s*\p{Lu}\p{Ll}/u.test(after);
}

const CAPITALIZED_UPPER: ReadonlySet<string> = new Set(
  ['Mr', 'Mrs', 'Ms', 'Dr', 'Jr', 'Sr', 'St', 'Inc', 'Corp', 'Ltd', 'Co', 'Wa', 'La'].map((word) =>
    word.toUpperCase(),
  ),
);

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/u));
}
