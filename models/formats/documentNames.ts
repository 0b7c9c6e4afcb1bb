/** The name of a file without folder and without the extensions of a format. */
export function fileStem(path: string): string {
  const file = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  return file.replace(/\.gz$/i, '').replace(/(?!^)\.[^.]*$/, '') || 'text';
}

/**
 * A different name for every document of a file: its id without characters that file names can't have, or the
 * file's name, numbered where there are several.
 */
export function numberedNames(ids: readonly (string | undefined)[], stem: string): string[] {
  const used = new Set<string>();
  return ids.map((id, k) => {
    const given = id && fileStem(id.replace(/[:*?"<>|\p{Cc}]/gu, '_')).replace(/^\.+/, '');
    const base = given || (ids.length > 1 ? `${stem}-${k + 1}` : stem);
    let name = base;
    for (let n = 2; used.has(name.toLowerCase()); n++) name = `${base}-${n}`;
    used.add(name.toLowerCase());
    return name;
  });
}
