/** Endings of the files that are read here: what stands before one is a name, points and all. */
const EXTENSION =
  /\.(txt|text|md|markdown|ann|conllup?|conll|iob2?|bio|bilou|bioes|bmes|tsv|csv|tab|col|jsonl?|ndjson|xml|tei|tex|rst|adoc|org)$/i;

/** Names that Windows keeps for devices, whatever follows their first point. */
const DEVICE = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i;

/** The name of a file without folder and without the extension of a format, of which `.gz` is taken off first. */
export function fileStem(path: string): string {
  const file = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  return withoutExtension(file.replace(/\.gz$/i, '')) || 'text';
}

function withoutExtension(name: string): string {
  const stem = name.replace(EXTENSION, '');
  return stem === '' ? name : stem;
}

/** The first number above all that are taken. Ids too large to be counted on are taken for none. */
export function nextNumber(taken: readonly number[]): number {
  return taken.reduce((most, id) => (Number.isSafeInteger(id + 1) ? Math.max(most, id) : most), 0) + 1;
}

/**
 * A different name for every document of a file: its id as a file name, or the file's name, numbered where there are
 * several. Points in an id are part of it, and its folders are kept as `folder_name`.
 */
export function numberedNames(ids: readonly (string | undefined)[], stem: string): string[] {
  return distinctNames(ids.map((id, k) => idName(id) || (ids.length > 1 ? `${stem}-${k + 1}` : stem)));
}

/** Names of which none equals another where a file system ignores case and ways of writing accents. */
export function distinctNames(names: readonly string[]): string[] {
  const used = new Set<string>();
  const numbers = new Map<string, number>(); // the next to try, by name
  const keyOf = (name: string): string => name.normalize('NFC').toLowerCase().toUpperCase();
  return names.map((name) => {
    const base = shortened(name);
    let free = base;
    let next = numbers.get(keyOf(base)) ?? 2;
    for (; used.has(keyOf(free)); next++) free = `${base}-${next}`;
    numbers.set(keyOf(base), next);
    used.add(keyOf(free));
    return free;
  });
}

/** An id as the name of a file on every system; empty where nothing of it is left. */
function idName(id = ''): string {
  const folders = id
    .split(/[/\\]/)
    .map((part) => part.trim())
    .filter((part) => !/^(|\.+|[a-z]:)$/i.test(part));
  const name = folders
    .join('_')
    .replace(/[:*?"<>|\p{Cc}\p{Surrogate}\u2028\u2029]/gu, '_')
    .replace(/^\.+/, '');
  return withoutExtension(name).replace(DEVICE, '$1_');
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
