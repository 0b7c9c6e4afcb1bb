import type { CheckedText, Finding, FindingCode } from '../../models/lint/finding';
import { findingCodes } from '../../models/lint/finding';
import { lineStarts, positionOf } from '../textPosition';

/** A region of a text as editors count: lines and columns from 1, columns in UTF-16 code units. */
export interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Finds the regions of spans in texts. */
export class Regions {
  readonly #starts = new Map<string, readonly number[]>();

  constructor(texts: readonly CheckedText[]) {
    for (const { document, text } of texts) this.#starts.set(document, lineStarts(text));
  }

  of(document: string, start: number, end: number): Region {
    const starts = this.#starts.get(document) ?? [0];
    const [from, to] = [positionOf(start, starts), positionOf(end, starts)];
    return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column };
  }
}

/** Findings in the Static Analysis Results Interchange Format, SARIF 2.1.0 (OASIS 2020). */
export function sarif(findings: readonly Finding[], regions: Regions, version: string): object {
  const location = (document: string, start: number, end: number): object => ({
    physicalLocation: {
      artifactLocation: { uri: uriOf(document), uriBaseId: '%SRCROOT%' },
      region: regions.of(document, start, end),
    },
  });
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Glossator', version, rules: findingCodes.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        results: findings.map(({ code, message, document, start, end, labelId, related }) => ({
          ruleId: code,
          ruleIndex: findingCodes.indexOf(code),
          level: 'warning',
          message: { text: message },
          locations: [location(document, start, end)],
          ...(related?.length && {
            relatedLocations: related.map((place) => ({
              ...location(place.document, place.start, place.end),
              message: { text: place.label },
            })),
          }),
          partialFingerprints: { 'labelId/v1': `${code}/${labelId}` },
        })),
      },
    ],
  };
}

function ruleOf(id: FindingCode): object {
  return { id, shortDescription: { text: findingTitles[id] } };
}

/** A relative path as a URI reference. */
function uriOf(file: string): string {
  return file.split(/[/\\]/).map(encodeURIComponent).join('/');
}

/** What each check looks for, in a line; docs/checks.md explains them. */
const findingTitles: Readonly<Record<FindingCode, string>> = {
  'model-disagrees': 'A label that the model contradicts with high probability.',
  'two-ways': 'The same words with two labels.',
  'ragged-boundary': 'A label that begins or ends at white space, at punctuation, or inside a word.',
  overlap: 'Labels that overlap in a layer that does not allow it.',
  'lost-anchor': 'A label whose words changed or are gone.',
  'unknown-label': 'A label or a layer that the project does not have.',
};
