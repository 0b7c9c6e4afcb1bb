import { SymbolKind, type DocumentSymbol, type SymbolInformation } from 'vscode-languageserver';
import type { TrackedDocument } from '../documents/trackedDocument';
import { entitiesOf, type Entity } from '../labels/entities';
import { wire } from '../protocol/wire/schemas';
import type { FeatureContext } from '../services';
import { definitionOf } from '../labels/labelDefinitions';
import { percent } from '../labels/percent';

/** The nearest standard kinds; clients show them as icons. */
const KINDS: Readonly<Record<string, SymbolKind>> = {
  PER: SymbolKind.Class,
  ORG: SymbolKind.Package,
  LOC: SymbolKind.Namespace,
  MISC: SymbolKind.Constant,
};

/** The entities of a document, labelled or suggested, grouped by label, as its outline. */
export function register({ incoming, services, client, capabilities }: FeatureContext): void {
  capabilities.documentSymbolProvider = { label: 'Glossator' };
  const isTree = client.textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true;

  incoming.request(wire.documentSymbol, ({ textDocument }): DocumentSymbol[] | SymbolInformation[] => {
    const document = services.documents.get(textDocument.uri);
    if (document === undefined) return [];
    const entities = entitiesOf(document, services.openLabels.get(textDocument.uri));
    return isTree ? grouped(document, entities) : entities.map((entity) => flat(document, entity));
  });
}

function grouped(document: TrackedDocument, entities: readonly Entity[]): DocumentSymbol[] {
  const groups = new Map<string, Entity[]>();
  for (const entity of entities) {
    const key = `${entity.layer}\0${entity.label}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entity]);
    else group.push(entity);
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
    range: document.rangeOf({ start, end: group.reduce((most, { end }) => Math.max(most, end), start) }),
    selectionRange: document.rangeOf(group[0]),
    children: group.map((entity) => ({
      name: entity.text,
      detail: detailOf(entity),
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

/** A tick for what a person said; what the model says has its probability. */
function detailOf({ isConfirmed, probability }: Entity): string {
  return isConfirmed || probability === undefined ? '✓' : percent(probability);
}

function kindOf(label: string): SymbolKind {
  return KINDS[label] ?? SymbolKind.Constant;
}
