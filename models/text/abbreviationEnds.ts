import type { Token } from './span';

/**
 * Whether a sentence ends behind an abbreviation although its period says nothing of it: before a capitalized word
 * that begins sentences and no name (`in the U.S. They met`, `on James St. Ask for`). The classifier has seen too few
 * of them to tell.
 *
 * @param from where the sentence begins
 */
export function endsBehindAbbreviation(tokens: readonly Token[], index: number, from: number): boolean {
  const next = tokens[index + 1];
  if (next === undefined || next.start === tokens[index].end || index === from) return false;
  const isClosed = CLOSING.test(tokens[index].form) && tokens[index - 1].end === tokens[index].start;
  const last = isClosed ? index - 1 : index;
  const { form } = tokens[last];
  if (!form.endsWith('.') || last === from) return false;
  if (!OPENER.test(next.form)) return false;
  // `p.m. I`, `U.S. A`: a numeral or a letter, unless a word follows.
  if (/^[AI]$/.test(next.form) && !/^(?:\p{Ll}|['’])/u.test(tokens[index + 2]?.form ?? '')) return false;
  const before = tokens[last - 1].form;
  if (NEVER.test(form)) return false;
  if (TITLE_OR_STREET.test(form)) return last - 1 > from && /^(?:\p{Lu}\p{Ll}|\d)/u.test(before);
  return ACRONYM.test(form) || ENDING.test(form);
}

/** What may stand between the abbreviation and the next sentence. */
const CLOSING = /^(?:["”’'»)]|'')$/u;
/** Words that stand before what they belong to. */
const NEVER = /^(?:e\.g|i\.e|a\.k\.a|f\.k\.a|n\.b)\.$/iu;
/** Titles before names, and ends of streets behind them. */
const TITLE_OR_STREET = /^(?:St|Dr)\.$/u;
const ACRONYM = /^(?:\p{L}\p{Ll}?\.){2,}$/u;
const ENDING =
  /^(?:Inc|Corp|Ltd|Co|Cos|Bros|LLC|Plc|Jr|Sr|Esq|Ave|Blvd|Rd|Hwy|Sq|Pkwy|Bldg|Apt|etc|al|min|mins|hr|hrs|yr|yrs|lbs?|oz|kg|cm|mm|km|mph|Jan|Feb|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thurs?|Fri|Univ|Dept|Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kans?|Ky|La|Mass|Md|Mich|Minn|Miss|Mo|Mont|Nebr?|Nev|Okla|Ore|Pa|Penn|Tenn|Tex|Va|Vt|Wash|Wisc?|Wyo|Ont|Que)\.$/u;
/** Capitalized: words that stand for or before nouns, join sentences, ask, or tell somebody to do something. */
const OPENER =
  /^(?:A|I|In|On|At|From|With|By|As|For|To|During|Under|Until|Despite|Without|Among|Between|Another|Such|Not|Now|Still|Even|Only|Just|He|She|It|We|They|You|This|That|These|Those|There|Here|The|An|His|Her|Its|Our|My|Your|Their|But|And|So|Then|However|Although|Though|Because|Since|While|When|Where|Why|How|What|Who|Which|If|After|Before|Meanwhile|Moreover|Nevertheless|Therefore|Thus|Also|Perhaps|Please|Nobody|Everyone|Everybody|Someone|Something|Nothing|Some|Many|Most|Several|Both|Each|Every|Once|Today|Tomorrow|Yesterday|Later|Ask|Tell|Call|Turn|Take|Go|Come|Bring|See|Look|Contact|Visit|Send|Give|Let|Make|Try|Note|Remember|Does|Did|Do|Is|Are|Was|Were|Has|Have|Can|Could|Would|Should)$/u;
