import type { Span } from '../text/span';
import type { TextLabel } from './annotatedText';
import { LABEL_ATTRIBUTES, type TeiLabel, startTag, teiElementFor } from './teiElements';
import type { TeiElement, TeiText } from './teiRunningText';

/** A piece of the file with what stands there instead; of pieces that begin together the lower rank comes first. */
interface Change extends Span {
  readonly tag: string;
  readonly rank: number;
}

/** What becomes of the labels of a TEI file. */
export interface TeiChanges {
  /** Labels without an element, sorted so that of two that begin together the longer comes first. */
  readonly added: readonly TextLabel[];
  /** Elements whose label has another name now. */
  readonly renamed: ReadonlyMap<TeiElement, TextLabel>;
  /** Elements whose label is gone. */
  readonly removed: ReadonlySet<TeiElement>;
}

/** Compares the labels of a TEI file with those that it shall have. */
export function compareLabels(old: readonly TeiLabel[], labels: readonly TextLabel[]): TeiChanges {
  const left = new Map<string, TeiElement[]>();
  const places = new Map<string, TeiElement[]>();
  for (const { label, element } of old) push(left, keyOf(label), element);
  const missing = labels.filter((label) => left.get(keyOf(label))?.shift() === undefined);
  const removed = new Set([...left.values()].flat());
  for (const { label, element } of old) if (removed.has(element)) push(places, placeOf(label), element);
  const renamed = new Map<TeiElement, TextLabel>();
  const added = missing.filter((label) => {
    const element = places.get(placeOf(label))?.shift();
    if (!element) return true;
    renamed.set(element, label);
    removed.delete(element);
    return false;
  });
  return { added, renamed, removed };
}

function push(lists: Map<string, TeiElement[]>, key: string, element: TeiElement): void {
  const list = lists.get(key);
  if (list) list.push(element);
  else lists.set(key, [element]);
}

const keyOf = ({ layer, label, start, end, annotator, confidence }: TextLabel): string =>
  JSON.stringify([layer, label, start, end, annotator, confidence]);
const placeOf = ({ layer, start, end }: TextLabel): string => JSON.stringify([layer, start, end]);

/** Where in the file tags for spans of the text can stand. */
export class TeiPlaces {
  readonly #tei: TeiText;
  readonly #removed: ReadonlySet<TeiElement>;

  constructor(tei: TeiText, removed: ReadonlySet<TeiElement>) {
    this.#tei = tei;
    this.#removed = removed;
  }

  /**
   * The place in the file between the tags of a label; or the element that begins or ends within the label without its
   * other end, since XML elements cannot cross.
   */
  of({ start, end }: Span): Span | { readonly crossed: TeiElement } {
    const { from, to } = this.#tei;
    let [first, last] = [from[start], to[end - 1]];
    let outer = this.#around(first, ({ open, close }) => open.end <= first && first < close.start);
    for (; outer && outer.close.start < last; outer = this.#parent(outer)) {
      if (outer.words?.start !== start) return { crossed: outer };
      first = outer.open.start;
    }
    let inner = this.#around(last - 1, ({ open, close }) => open.end < last && last <= close.start);
    for (; inner && inner.open.end > first; inner = this.#parent(inner)) {
      if (inner.words?.end !== end) return { crossed: inner };
      last = inner.close.end;
    }
    return { start: first, end: last };
  }

  /** The innermost element around a place of the file. */
  #around(place: number, isAround: (element: TeiElement) => boolean): TeiElement | undefined {
    const { elements } = this.#tei;
    let [low, high] = [0, elements.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (elements[middle].open.start <= place) low = middle + 1;
      else high = middle;
    }
    let element: TeiElement | undefined = elements[low - 1];
    while (element && (this.#removed.has(element) || !isAround(element))) element = element.parent;
    return element;
  }

  #parent({ parent }: TeiElement): TeiElement | undefined {
    let around = parent;
    while (around && this.#removed.has(around)) around = around.parent;
    return around;
  }
}

/**
 * A TEI file with the tags of its labels changed, and nothing else. A renamed element keeps its further attributes; one
 * whose label is gone leaves its words.
 * @param source the file that `tei` was read from
 * @param changes with no label that crosses another or an element
 */
export function patchTei(source: string, tei: TeiText, { added, renamed, removed }: TeiChanges): string {
  const pieces: Change[] = [];
  for (const [element, label] of renamed) {
    const { name, attributes } = teiElementFor(label);
    const others = Object.entries(element.attributes).filter(([key]) => !LABEL_ATTRIBUTES.includes(key));
    const qualified = prefixAt(source, element) + name;
    const tag = startTag(qualified, { ...Object.fromEntries(others), ...attributes });
    pieces.push(
      { ...element.open, tag, rank: Infinity },
      { ...element.close, tag: `</${qualified}>`, rank: Infinity },
    );
  }
  for (const { open, close } of removed)
    pieces.push({ ...open, tag: '', rank: Infinity }, { ...close, tag: '', rank: Infinity });
  const places = new TeiPlaces(tei, removed);
  const [body] = tei.elements;
  const prefix = tei.elements.length > 0 ? prefixAt(source, body) : '';
  for (const [k, label] of added.entries()) {
    const place = places.of(label);
    if ('crossed' in place) throw new RangeError('The label crosses an element.');
    const { name, attributes } = teiElementFor(label);
    // At one place ends come before starts, the innermost first, and then the tags that are there.
    pieces.push(
      { start: place.start, end: place.start, tag: startTag(prefix + name, attributes), rank: k + 1 },
      { start: place.end, end: place.end, tag: `</${prefix}${name}>`, rank: -k - 1 },
    );
  }
  for (const [k, piece] of pieces.entries())
    if (piece.rank !== Infinity && isVerbatim(tei, piece.start))
      pieces[k] = { ...piece, tag: `]]>${piece.tag}<![CDATA[` };
  pieces.sort((a, b) => a.start - b.start || (a.rank < b.rank ? -1 : 1));
  let at = 0;
  const written: string[] = [];
  for (const { start, end, tag } of pieces) {
    written.push(source.slice(at, start), tag);
    at = end;
  }
  return written.join('') + source.slice(at);
}

/** True within a CDATA section, which a tag has to leave. */
function isVerbatim({ verbatim }: TeiText, place: number): boolean {
  return verbatim.some(({ start, end }) => start <= place && place <= end);
}

/** The prefix of an element's name with its colon, such as `tei:`. */
function prefixAt(source: string, { open }: TeiElement): string {
  return /^<([^\s:/>]+:)?/.exec(source.slice(open.start, open.end))?.[1] ?? '';
}
