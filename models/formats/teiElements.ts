import { type TextLabel, type TextLayer, defaultLayer, unnamed } from './annotatedText';
import type { TeiElement } from './teiRunningText';

/** Elements for names and dates (TEI P5 Guidelines, chapters 3.6 and 13), and the labels that they stand for. */
const LABELS: Readonly<Record<string, string>> = {
  persName: 'PER',
  placeName: 'LOC',
  geogName: 'LOC',
  orgName: 'ORG',
  date: 'DATE',
  time: 'TIME',
};
/** What is written for a label. */
const ELEMENTS: Readonly<Record<string, string>> = {
  PER: 'persName',
  LOC: 'placeName',
  ORG: 'orgName',
  DATE: 'date',
  TIME: 'time',
};
/** Values of `@type` at `name` and `rs` that people write for what has an element of its own. */
const TYPES: Readonly<Record<string, string>> = {
  person: 'PER',
  pers: 'PER',
  place: 'LOC',
  location: 'LOC',
  org: 'ORG',
  organization: 'ORG',
  organisation: 'ORG',
};

/** Signs that no XML 1.0 file can hold, not even as references (section 2.2). */
export const NOT_IN_XML =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** A label with the element that says it. */
export interface TeiLabel {
  readonly label: TextLabel;
  readonly element: TeiElement;
}

/**
 * The labels that elements stand for: names and dates in the layer `ner`, `@pos` of `w` and `pc` in `pos`, and any
 * `seg` with `@type` and `@subtype` as a label (subtype) of a layer (type).
 * @param chosen names of further elements that are labels of `ner`, by their own names
 */
export function teiLabels(elements: readonly TeiElement[], chosen: readonly string[] = []): TeiLabel[] {
  return elements.flatMap((element) => {
    const { name, attributes, words } = element;
    if (!words) return [];
    const place = layerAndLabel(name, attributes, chosen);
    if (!place) return [];
    const { cert, resp } = attributes;
    const confidence = cert === undefined || cert.trim() === '' ? NaN : Number(cert);
    const label: TextLabel = {
      ...place,
      start: words.start,
      end: words.end,
      ...(confidence >= 0 && confidence <= 1 && { confidence }),
      ...(resp !== undefined && annotatorOf(resp) !== '' && { annotator: annotatorOf(resp) }),
    };
    return [{ label, element }];
  });
}

function layerAndLabel(
  name: string,
  { type = '', subtype = '', pos = '' }: Readonly<Record<string, string>>,
  chosen: readonly string[],
): { readonly layer: string; readonly label: string } | undefined {
  if (name === 'w' || name === 'pc') return pos === '' ? undefined : { layer: 'pos', label: pos };
  if (name === 'seg' && type !== '' && subtype !== '') return { layer: type, label: subtype };
  if (name === 'name' || name === 'rs')
    return { layer: defaultLayer, label: type === '' ? unnamed : (TYPES[type.toLowerCase()] ?? type) };
  if (Object.hasOwn(LABELS, name)) return { layer: defaultLayer, label: LABELS[name] };
  return chosen.includes(name) ? { layer: defaultLayer, label: name } : undefined;
}

/** The layers of labels; `ner` and `pos` first. */
export function teiLayers(labels: readonly TextLabel[]): TextLayer[] {
  const names = new Set([defaultLayer, ...labels.map(({ layer }) => layer)]);
  return [...names].map((name) => ({ name, kind: name === 'pos' ? 'token' : 'span' }));
}

/** An element for a label: its name, and the attributes that say the label, its annotator and its confidence. */
export function teiElementFor({ layer, label, annotator, confidence }: TextLabel): {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
} {
  const further = {
    ...(annotator !== undefined && {
      resp: `#${encodeURIComponent(annotator.replace(NOT_IN_XML, '\ufffd'))}`,
    }),
    ...(confidence !== undefined && { cert: String(confidence) }),
  };
  if (layer === 'pos')
    return { name: label === 'PUNCT' ? 'pc' : 'w', attributes: { pos: label, ...further } };
  if (layer !== defaultLayer) return { name: 'seg', attributes: { type: layer, subtype: label, ...further } };
  if (Object.hasOwn(ELEMENTS, label)) return { name: ELEMENTS[label], attributes: further };
  // As @type it would be read as a label of ours.
  if (Object.hasOwn(TYPES, label.toLowerCase()))
    return { name: 'seg', attributes: { type: layer, subtype: label, ...further } };
  return { name: 'name', attributes: { ...(label !== unnamed && { type: label }), ...further } };
}

/** The attributes that `teiElementFor` may write. */
export const LABEL_ATTRIBUTES = ['type', 'subtype', 'pos', 'resp', 'cert'];

function annotatorOf(resp: string): string {
  const first = resp.trim().split(/\s+/)[0].replace(/^#/, '');
  try {
    return decodeURIComponent(first);
  } catch {
    return first;
  }
}

export function startTag(name: string, attributes: Readonly<Record<string, string>>): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${attributeValue(value)}"`);
  return `<${name}${written.join('')}>`;
}

/** Text with the signs that XML keeps for itself; a carriage return would be read as a line feed. */
export function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\r/g, '&#13;');
}

function attributeValue(value: string): string {
  return escapeXml(value).replace(/"/g, '&quot;').replace(/\t/g, '&#9;').replace(/\n/g, '&#10;');
}
