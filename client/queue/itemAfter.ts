/** The item after the one with an id, the first one after the last; the first where there is no such item. */
export function itemAfter<T extends { readonly id: string }>(
  items: readonly T[],
  id?: string,
): T | undefined {
  const at = items.findIndex((item) => item.id === id);
  return items[(at + 1) % (items.length || 1)];
}
