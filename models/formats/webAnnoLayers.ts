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

/** A span layer of a header: `#T_SP=type|feature|…`, with the columns of its features. */
export interface TsvLayer {
  readonly layer: TextLayer;
  readonly type: string;
  readonly features: readonly string[];
  /** The column, from 0 for the first behind the token, that holds the label. */
  readonly column: number;
}

/** The layer of a header line. @param from column of its first feature */
export function tsvLayer(declaration: string, from: number): TsvLayer {
  const [type, ...features] = declaration.split('|');
  const named = NAMED.find((entry) => entry.type === type);
  const feature = features.indexOf(named?.feature ?? 'value');
  return {
    layer: named?.layer ?? { name: type.slice(type.lastIndexOf('.') + 1), kind: 'span' },
    type,
    features,
    column: from + Math.max(0, feature),
  };
}

/** The declaration of a layer, or null where its name can be none in WebAnno. */
export function tsvDeclaration(layer: TextLayer): string | null {
  const named = NAMED.find((entry) => entry.layer.name === layer.name && entry.layer.kind === layer.kind);
  if (named) return `${named.type}|${named.feature}`;
  return /^[A-Za-z]\w*$/.test(layer.name) ? `${CUSTOM}${layer.name}|${CUSTOM_FEATURE}` : null;
}
