import type { SentenceEdit, WireSentence } from '../../../server/protocol/messages';

/** A client's list of sentences: splices as the protocol describes them, and nothing else. */
export function applyEdits(
  held: readonly WireSentence[],
  reset: boolean,
  edits: readonly SentenceEdit[],
): WireSentence[] {
  const list = reset ? [] : [...held];
  for (const { index, deleteCount, sentences } of edits) list.splice(index, deleteCount, ...sentences);
  return list;
}
