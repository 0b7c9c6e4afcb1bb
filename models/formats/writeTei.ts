import type { AnnotatedText, TextLabel } from './annotatedText';
import type { BeginDocuments, WriteOptions, Written } from './format';
import type { LossReport } from './lossReport';
import { TeiPlaces, compareLabels, patchTei } from './patchTei';
import { prepareLabels } from './prepare';
import { isUnchanged } from './sourceRecord';
import { NOT_IN_XML, type TeiLabel, escapeXml, teiLabels } from './teiElements';
import type { TeiText } from './teiRunningText';
import { teiTexts } from './teiText';
import { writeDocuments } from './writeDocuments';

const NAMESPACE = 'http://www.tei-c.org/ns/1.0';

/**
 * Every document as a TEI P5 file. What was read from TEI keeps all of its file but the tags of changed labels. Another
 * text becomes paragraphs (`p`) where they say it exactly, else one `ab` with its white space preserved.
 */
export function writeTei(documents: readonly AnnotatedText[], options: WriteOptions = {}): Written {
  return writeDocuments(documents, '', options, beginTei);
}

/** Writes TEI document by document; see `writeTei`. */
export const beginTei: BeginDocuments = (_set, options, report) => ({
  fileNames: (names) => names.map((name) => `${name}.xml`),
  add(document) {
    const holds = { format: 'tei', layers: true, annotators: true, confidence: true } as const;
    const prepared = prepareLabels(document, { ...holds, wholeCharacters: true }, options, report);
    const content = isUnchanged(document, prepared, 'tei')
      ? document.source.raw
      : withLabels(document, prepared, options, report);
    return [{ name: `${document.name}.xml`, content }];
  },
});

function withLabels(
  document: AnnotatedText,
  prepared: readonly TextLabel[],
  options: WriteOptions,
  report: LossReport,
): string {
  const { name, text } = document;
  const isOwn = document.source?.format === 'tei';
  const source = isOwn && document.source ? document.source.raw : fresh(document, prepared, report);
  const [tei] = teiTexts(source, name);
  const old = isOwn ? labelsRead(document, tei) : [];
  const trimmed = isOwn ? prepared.flatMap((label) => withoutSpaceAround(document, label, report)) : prepared;
  // An element that is there is as it was; places are looked for among those that stay.
  const { added, removed, renamed } = compareLabels(old, trimmed);
  const places = new TeiPlaces(tei, removed);
  const placed = added.flatMap((label) => atElements(name, text, label, places, options, report));
  const nested = withoutCrossing(name, placed, options, report);
  return report.problems.length ? '' : patchTei(source, tei, { added: nested, removed, renamed });
}

/** The labels of the file as they were read, further elements among them. */
function labelsRead({ source }: AnnotatedText, tei: TeiText): TeiLabel[] {
  const usual = teiLabels(tei.elements);
  if (usual.length === source?.labels.length) return usual;
  return teiLabels(tei.elements, [...new Set(source?.labels.map(({ label }) => label))]);
}

/** Labels without the white space at their ends, which is layout in a file of somebody else. */
function withoutSpaceAround(
  { name, text }: AnnotatedText,
  label: TextLabel,
  report: LossReport,
): TextLabel[] {
  const words = text.slice(label.start, label.end);
  const start = label.start + words.length - words.trimStart().length;
  const end = label.end - words.length + words.trimEnd().length;
  if (start >= end) {
    report.lose(name, 'labels over white space alone', 'content');
    return [];
  }
  if (end - start < words.length) report.lose(name, 'blanks at the ends of labels', 'trace');
  return [{ ...label, start, end }];
}

/** A label that fits between the elements of the file, after the person's choice. */
function atElements(
  name: string,
  text: string,
  label: TextLabel,
  places: TeiPlaces,
  { misaligned }: WriteOptions,
  report: LossReport,
): TextLabel[] {
  let grown = label;
  for (;;) {
    const place = places.of(grown);
    if (!('crossed' in place)) return [grown];
    const { name: tag, words } = place.crossed;
    if (misaligned === 'skip') {
      report.lose(name, 'labels that cross elements, as chosen', 'trace');
      return [];
    }
    if (misaligned !== 'out' || !words) {
      report.problem({
        document: name,
        reason: 'misaligned',
        message: `The label ${label.label} on "${shown(text, label)}" has only one end within <${tag}>, and elements cannot cross.`,
        choices: ['out', 'skip'],
        label,
      });
      return [];
    }
    grown = { ...grown, start: Math.min(grown.start, words.start), end: Math.max(grown.end, words.end) };
  }
}

/** Labels that lie side by side or within each other. */
function withoutCrossing(
  document: string,
  labels: readonly TextLabel[],
  { overlaps }: WriteOptions,
  report: LossReport,
): TextLabel[] {
  const inOrder = [...labels].sort(
    (a, b) => a.start - b.start || b.end - a.end || Number(a.layer === 'pos') - Number(b.layer === 'pos'),
  );
  const dropped = new Set<TextLabel>();
  const open: TextLabel[] = [];
  for (const label of inOrder) {
    while (open.length > 0 && open[open.length - 1].end <= label.start) open.pop();
    let isKept = true;
    for (let top = open.at(-1); isKept && top && top.end < label.end; top = open.at(-1)) {
      if (overlaps === undefined) {
        report.problem({
          document,
          reason: 'overlap',
          message: `The labels ${top.label} and ${label.label} overlap, and XML elements cannot cross.`,
          choices: ['longest', 'shortest'],
          label,
        });
        isKept = false;
      } else {
        const isTopLonger = top.end - top.start >= label.end - label.start;
        report.lose(document, 'overlapping labels, as chosen', 'trace');
        if (isTopLonger === (overlaps === 'longest')) isKept = false;
        else {
          dropped.add(top);
          open.pop();
        }
      }
    }
    if (isKept) open.push(label);
    else dropped.add(label);
  }
  return inOrder.filter((label) => !dropped.has(label));
}

/** A TEI file that says a text, without labels. */
function fresh(document: AnnotatedText, labels: readonly TextLabel[], report: LossReport): string {
  const text = document.text.replace(NOT_IN_XML, '\ufffd');
  const lost = document.text.match(NOT_IN_XML)?.length ?? 0;
  report.lose(document.name, 'signs that XML forbids', 'content', lost);
  const paragraphs = text.replace(/\n$/, '').split('\n\n');
  const isWithin = labels.every(({ start, end }) => !/^\n|\n$|\n\n/.test(text.slice(start, end)));
  const hasBlanks = labels.some(({ start, end }) => text.slice(start, end) !== text.slice(start, end).trim());
  const asParagraphs = file(
    document.name,
    paragraphs.filter((words) => words !== '').map((words) => paragraph(words, hasBlanks)),
  );
  if (isWithin && teiTexts(asParagraphs, document.name)[0].text === document.text) return asParagraphs;
  return file(document.name, [`<ab xml:space="preserve">${escapeXml(text)}</ab>`]);
}

function paragraph(words: string, isPreserved: boolean): string {
  const isPlain = !isPreserved && !/^\s|\s$|[^\S ]|\s\s/.test(words);
  return `<p${isPlain ? '' : ' xml:space="preserve"'}>${escapeXml(words)}</p>`;
}

function file(name: string, blocks: readonly string[]): string {
  const title = escapeXml(name.replace(NOT_IN_XML, '\ufffd'));
  const body = blocks.map((block) => `      ${block}\n`).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="${NAMESPACE}">
  <teiHeader>
    <fileDesc>
      <titleStmt><title>${title}</title></titleStmt>
      <publicationStmt><p>Exported from Glossator.</p></publicationStmt>
      <sourceDesc><p>${title}</p></sourceDesc>
    </fileDesc>
  </teiHeader>
  <text>
    <body>
${body || '      <p/>\n'}    </body>
  </text>
</TEI>
`;
}

function shown(text: string, { start, end }: TextLabel): string {
  const words = text.slice(start, end);
  return words.length > 40 ? `${words.slice(0, 39)}…` : words;
}
