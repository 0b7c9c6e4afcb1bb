import { InputError, type Place } from '../errors';
import { type OffsetUnit, offsetsOf, splitsCharacter } from './offsets';

/** Labels of one text whose offsets nothing in the file explains. */
export interface UnprovedLabels {
  readonly place: Place;
  readonly text: string;
  readonly spans: readonly { readonly start: number; readonly end: number; readonly label: string }[];
}

/** A unit that a file may count in, and how well its labels stand on words then. */
export interface UnitFit {
  readonly unit: OffsetUnit;
  /** Of the labels that differ between units, those that begin and end with words. */
  readonly wholeWords: number;
  /** The words of the first label that differs. */
  readonly example: string;
}

/** Offsets that count UTF-16 code units or code points, and only a person knows which. */
export class UnclearUnit extends InputError {
  constructor(
    message: string,
    place: Place,
    readonly fits: readonly UnitFit[],
  ) {
    super(message, place, 'Say --unit utf16 or --unit codepoints.');
  }
}

/** The two units of offsets; the one that a person is told of first stands first. */
const UNITS: readonly OffsetUnit[] = ['utf16', 'codepoints'];

/**
 * The unit of offsets without quotes, as far as the words that labels stand on tell. It matters only behind characters
 * of two code units, such as emoji.
 * @param usual what the format counts
 * @param isSettled true where every program counts so. Otherwise labels must stand on words in the usual unit, and on
 * parts of words in the other.
 * @throws UnclearUnit where labels would stand on parts of words, or may as well be meant in the other unit
 */
export function unitOfWords(
  texts: readonly UnprovedLabels[],
  usual: OffsetUnit,
  isSettled: boolean,
): OffsetUnit {
  const tally = new UnitTally(usual, isSettled);
  for (const text of texts) tally.add(text);
  return tally.unit();
}

/** Finds the unit of offsets text by text, of which only the labels that tell it are kept; see `unitOfWords`. */
export class UnitTally {
  readonly #differing: DifferingLabel[] = [];
  #cutLine: InputError | undefined;
  #cutsOtherwise = false;

  constructor(
    readonly usual: OffsetUnit,
    readonly isSettled: boolean,
  ) {}

  add(one: UnprovedLabels): void {
    this.#differing.push(...differingLabels(one));
    this.#lookAtLineEnds(one);
  }

  /**
   * @throws UnclearUnit as `unitOfWords`, and InputError where labels cut words, and all would cover whole words if CR LF
   * counted as one character, as it does in programs that make line ends equal
   */
  unit(): OffsetUnit {
    const { usual, isSettled } = this;
    const differing = this.#differing;
    const isCut = (unit: OffsetUnit): boolean => differing.some(({ verdicts }) => verdicts[unit] === 'cut');
    const other = usual === 'utf16' ? 'codepoints' : 'utf16';
    if (differing.length > 0 && (isCut(usual) || !(isSettled || isCut(other)))) throw unclear(differing);
    if (this.#cutLine && !this.#cutsOtherwise) throw this.#cutLine;
    return usual;
  }

  #lookAtLineEnds({ place, text, spans }: UnprovedLabels): void {
    if (this.#cutsOtherwise || !text.includes('\r\n')) return;
    const unit = this.usual;
    const [plain, asOne] = [offsetsOf(text, unit), offsetsOf(text, { unit, lineEnds: 'as-one' })];
    for (const { label, start, end } of spans) {
      const [from, to] = [asOne.toUtf16(start), asOne.toUtf16(end)];
      const [here, there] = [plain.toUtf16(start), plain.toUtf16(end)];
      if (start >= end || (from === here && to === there)) continue;
      if (verdictOf(text, from, to) === 'cut') {
        this.#cutsOtherwise = true;
        return;
      }
      if (verdictOf(text, here, there) !== 'cut') continue;
      const [now, then] = [text.slice(here, there), text.slice(from, to)].map(shortened);
      this.#cutLine ??= new InputError(
        `The label ${label} at ${start}–${end} is "${now}", and "${then}" if CR LF counts as one character.`,
        place,
        'Replace \\r\\n by \\n in the file, or say --unit.',
      );
    }
  }
}

type Verdict = 'words' | 'unknown' | 'cut';

interface DifferingLabel {
  readonly place: Place;
  readonly label: string;
  readonly start: number;
  readonly end: number;
  readonly verdicts: Readonly<Record<OffsetUnit, Verdict>>;
  readonly words: Readonly<Record<OffsetUnit, string>>;
}

function differingLabels({ place, text, spans }: UnprovedLabels): DifferingLabel[] {
  if (!/[\ud800-\udbff][\udc00-\udfff]/.test(text)) return [];
  const points = offsetsOf(text, 'codepoints');
  return spans.flatMap(({ label, start, end }): DifferingLabel[] => {
    const other = { start: points.toUtf16(start), end: points.toUtf16(end) };
    if (start >= end || (other.start === start && other.end === end)) return [];
    const verdicts = {
      utf16: verdictOf(text, start, end),
      codepoints: end > points.length ? 'cut' : verdictOf(text, other.start, other.end),
    } as const;
    const words = { utf16: text.slice(start, end), codepoints: text.slice(other.start, other.end) };
    return [{ ...{ place, label, start, end }, verdicts, words }];
  });
}

/** How a label stands on the words of a text. Of scripts without blanks between words nothing is known. */
function verdictOf(text: string, start: number, end: number): Verdict {
  if (end > text.length || splitsCharacter(text, start) || splitsCharacter(text, end)) return 'cut';
  const words = text.slice(start, end);
  if (words.trim() !== words) return 'cut';
  const verdicts = [start, end].map((border) => borderVerdict(text, border));
  return (
    verdicts.find((verdict) => verdict === 'cut') ?? verdicts.find((one) => one === 'unknown') ?? 'words'
  );
}

const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

function borderVerdict(text: string, border: number): Verdict {
  const last = /.$/su.exec(text.slice(Math.max(0, border - 2), border))?.[0] ?? '';
  const first = /^./su.exec(text.slice(border, border + 2))?.[0] ?? '';
  if (last !== '' && /^[\p{M}\u200d]/u.test(first)) return 'cut';
  if (!/^[\p{L}\p{N}\p{M}_]$/u.test(last) || !/^[\p{L}\p{N}_]$/u.test(first)) return 'words';
  return UNSPACED.test(last) || UNSPACED.test(first) ? 'unknown' : 'cut';
}

function unclear(differing: readonly DifferingLabel[]): UnclearUnit {
  const [{ place, label, start, end, words }] = differing;
  const fits = UNITS.map((unit): UnitFit => ({
    unit,
    wholeWords: differing.filter(({ verdicts }) => verdicts[unit] === 'words').length,
    example: words[unit],
  }));
  const [utf16, points] = fits;
  const counts =
    differing.length === 1
      ? ''
      : `; of ${differing.length} labels behind emoji, ${utf16.wholeWords} cover whole words in UTF-16, ${points.wholeWords} in code points`;
  return new UnclearUnit(
    `The label ${label} at ${start}–${end} is "${shortened(utf16.example)}" if offsets count UTF-16 code units, and "${shortened(points.example)}" if they count code points${counts}.`,
    place,
    fits,
  );
}

function shortened(words: string): string {
  return words.length > 40 ? `${words.slice(0, 39)}…` : words;
}
