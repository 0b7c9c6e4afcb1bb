/** The name of a file without folder and without the extensions of a format. */
export function fileStem(path: string): string {
  const file = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  return file.replace(/\.gz$/i, '').replace(/(?!^)\.[^.]*$/, '') || 'text';
}

/** The first number above all that are taken. Ids too large to be counted on are taken for none. */
export function nextNumber(taken: readonly number[]): number {
  return taken.reduce((most, id) => (Number.isSafeInteger(id + 1) ? Math.max(most, id) : most), 0) + 1;
}

/**
 * A different name for every document of a file: its id without characters that file names can't have, or the
 * file's name, numbered where there are several.
 */
export function numberedNames(ids: readonly (string | undefined)[], stem: string): string[] {
  const used = new Set<string>();
  const numbers = new Map<string, number>(); // the next to try, by name
  return ids.map((id, k) => {
    const given = id && shortened(fileStem(id.replace(/[:*?"<>|\p{Cc}]/gu, '_')).replace(/^\.+/, ''));
    const base = given || (ids.length > 1 ? `${stem}-${k + 1}` : stem);
    let name = base;
    let next = numbers.get(base) ?? 2;
    for (; used.has(name.toLowerCase()); next++) name = `${base}-${next}`;
    numbers.set(base, next);
    used.add(name.toLowerCase());
    return name;
  });
}

/** A name that leaves room for a number and an extension in the 255 bytes that most file systems allow. */
function shortened(name: string): string {
  let length = 0;
  let bytes = 0;
  for (const character of name) {
    bytes += Buffer.byteLength(character);
    if (bytes > 200) return name.slice(0, length);
    length += character.length;
  }
  return name;
}
