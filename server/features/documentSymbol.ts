import { SymbolKind, type DocumentSymbol, type SymbolInformation } from 'vscode-languageserver';
import type { Span } from '../../models/text/span';
import type { TrackedDocument } from '../documents/trackedDocument';
import type { FeatureContext } from '../services';
import { definitionOf } from './labelDefinitions';
import { percent } from './percent';

interface Entity extends Span {
  readonly text: string;
  readonly label: string;
  readonly layer: string;
  readonly probability: number;
}

/** The nearest standard kinds; clients show them as icons. */
const KINDS: Readonly<Record<string, SymbolKind>> = {
  PER: SymbolKind.Class,
  ORG: SymbolKind.Package,
  LOC: SymbolKind.Namespace,
  MISC: SymbolKind.Constant,
};

/** The entities of a document, grouped by label, as its outline. */
export function register({ connection, services, client, capabilities }: FeatureContext): void {
  capabilities.documentSymbolProvider = { label: 'Glossator' };
  const isTree = client.textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true;

  connection.onDocumentSymbol(({ textDocument }): DocumentSymbol[] | SymbolInformation[] => {
    const document = services.documents.get(textDocument.uri);
    if (document === undefined) return [];
    const entities = entitiesOf(document);
    return isTree ? grouped(document, entities) : entities.map((entity) => flat(document, entity));
  });
}

function entitiesOf(document: TrackedDocument): Entity[] {
  if (!document.isSegmented) return [];
  return document.sentences.flatMap((sentence) =>
    Object.entries(sentence.prediction ?? {}).flatMap(([layer, prediction]) => {
      if (prediction.kind !== 'span') return [];
      return prediction.spans.map(({ start, end, label, probability }) => {
        const place = sentence.tokenSpan(start, end - 1);
        return { ...place, label, layer, probability, text: document.getText(place).replace(/\s+/g, ' ') };
      });
    }),
  );
}

function grouped(document: TrackedDocument, entities: readonly Entity[]): DocumentSymbol[] {
  const groups = new Map<string, Entity[]>();
  for (const entity of entities) {
    const key = `${entity.layer}\0${entity.label}`;
    groups.set(key, [...(groups.get(key) ?? []), entity]);
  }
  return [...groups.values()].map((group) => groupSymbol(document, group));
}

/** A group spans its entities, from the first to the last, since LSP wants children inside their parent. */
function groupSymbol(document: TrackedDocument, group: readonly Entity[]): DocumentSymbol {
  const { label, layer, start } = group[0];
  return {
    name: label,
    detail: [definitionOf(layer, label)?.name, `${group.length}`].filter(Boolean).join(', '),
    kind: kindOf(label),
    range: document.rangeOf({ start, end: group[group.length - 1].end }),
    selectionRange: document.rangeOf(group[0]),
    children: group.map((entity) => ({
      name: entity.text,
      detail: percent(entity.probability),
      kind: kindOf(label),
      range: document.rangeOf(entity),
      selectionRange: document.rangeOf(entity),
    })),
  };
}

function flat(document: TrackedDocument, entity: Entity): SymbolInformation {
  return {
    name: entity.text,
    kind: kindOf(entity.label),
    containerName: entity.label,
    location: { uri: document.uri, range: document.rangeOf(entity) },
  };
}

function kindOf(label: string): SymbolKind {
  return KINDS[label] ?? SymbolKind.Constant;
}
