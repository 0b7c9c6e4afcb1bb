import type { TextLayer } from './annotatedText';

/** The types of DKPro Core that stand for layers of ours, with the feature that holds the label. */
const NAMED: readonly { readonly layer: TextLayer; readonly type: string; readonly feature: string }[] = [
  {
    layer: { name: 'pos', kind: 'token' },
    type: 'de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS',
    feature: 'PosValue',
  },
  {
    layer: { name: 'ner', kind: 'span' },
    type: 'de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity',
    feature: 'value',
  },
];

/** Layers that people add in WebAnno. */
const CUSTOM = 'webanno.custom.';
const CUSTOM_FEATURE = 'label';

/** A span layer of a header: `#T_SP=type|feature|…`. Columns count from 0 for the first behind the token. */
export interface TsvLayer {
  readonly layer: TextLayer;
  readonly type: string;
  /** All columns of the layer. */
  readonly columns: readonly number[];
  /** The columns of features that hold one value, and the one among them that holds the label, if any does. */
  readonly primitives: readonly number[];
  readonly column?: number;
  /** The columns with the roles of slots. Behind each stands one with what fills them. */
  readonly roles: readonly number[];
}

/** A feature with slots is declared as `ROLE_type:feature_link`, and then the type of what fills them. */
const SLOT = 'ROLE_';

/** The layer of a header line. @param from column of its first feature */
export function tsvLayer(declaration: string, from: number): TsvLayer {
  const [type, ...features] = declaration.split('|');
  const named = NAMED.find((entry) => entry.type === type);
  const isSlot = (k: number): boolean => features[k]?.startsWith(SLOT) ?? false;
  const primitives = features.flatMap((_, k) => (isSlot(k) || isSlot(k - 1) ? [] : [k]));
  const label = primitives.find((k) => features[k] === (named?.feature ?? 'value')) ?? primitives.at(0);
  return {
    layer: named?.layer ?? { name: type.slice(type.lastIndexOf('.') + 1), kind: 'span' },
    type,
    columns: (features.length ? features : ['']).map((_, k) => from + k),
    primitives: primitives.map((k) => from + k),
    ...(label === undefined ? (features.length ? {} : { column: from }) : { column: from + label }),
    roles: features.flatMap((_, k) => (isSlot(k) ? [from + k] : [])),
  };
}

/** The declaration of a layer, or null where its name can be none in WebAnno. */
export function tsvDeclaration(layer: TextLayer): string | null {
  const named = NAMED.find((entry) => entry.layer.name === layer.name && entry.layer.kind === layer.kind);
  if (named) return `${named.type}|${named.feature}`;
  return /^[A-Za-z]\w*$/.test(layer.name) ? `${CUSTOM}${layer.name}|${CUSTOM_FEATURE}` : null;
}
