import { SemanticTokenTypes, type SemanticTokensLegend } from 'vscode-languageserver';

/**
 * Standard token types, since themes colour those: each universal tag takes the type that it is most
 * like in a program. The tag itself is the modifier, so that a theme can style `*.propn` alone.
 * Punctuation and X are left as they are.
 */
const TYPES: Readonly<Record<string, SemanticTokenTypes>> = {
  NOUN: SemanticTokenTypes.variable,
  PROPN: SemanticTokenTypes.class,
  PRON: SemanticTokenTypes.parameter,
  VERB: SemanticTokenTypes.function,
  AUX: SemanticTokenTypes.macro,
  ADJ: SemanticTokenTypes.property,
  ADV: SemanticTokenTypes.decorator,
  NUM: SemanticTokenTypes.number,
  DET: SemanticTokenTypes.keyword,
  ADP: SemanticTokenTypes.keyword,
  PART: SemanticTokenTypes.keyword,
  CCONJ: SemanticTokenTypes.operator,
  SCONJ: SemanticTokenTypes.operator,
  SYM: SemanticTokenTypes.string,
  INTJ: SemanticTokenTypes.event,
};

const TAGS = Object.keys(TYPES);
const TOKEN_TYPES = [...new Set(Object.values(TYPES))];

export const SEMANTIC_LEGEND: SemanticTokensLegend = {
  tokenTypes: TOKEN_TYPES,
  tokenModifiers: TAGS.map((tag) => tag.toLowerCase()),
};

export interface SemanticType {
  /** Index into the types of the legend. */
  readonly index: number;
  /** Bits into the modifiers of the legend. */
  readonly modifiers: number;
}

/** The semantic type of a universal tag, or undefined where a word keeps its colour. */
export function semanticTypeOf(tag: string): SemanticType | undefined {
  const type = TYPES[tag];
  if (type === undefined) return undefined;
  return { index: TOKEN_TYPES.indexOf(type), modifiers: 1 << TAGS.indexOf(tag) };
}
