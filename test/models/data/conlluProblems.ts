const UPOS = 'ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X _'.split(' ');

/**
 * What is wrong with a CoNLL-U file by the rules of https://universaldependencies.org/format.html, each with its
 * line; an empty list for a valid one. HEAD and DEPREL may be `_`.
 */
export function conlluProblems(text: string): string[] {
  const problems: string[] = [];
  if (text === '') return problems;
  if (/\r|\uFEFF/.test(text)) problems.push('carriage return or byte order mark');
  if (text !== text.normalize('NFC')) problems.push('not in NFC');
  if (!text.endsWith('\n\n') || /\n\n\n|^\n/.test(text))
    problems.push('one blank line must follow each sentence');
  const ids = new Set<string>();
  let line = 1;
  for (const block of text.replace(/\n+$/, '').split('\n\n')) {
    const rows = block.split('\n');
    for (const problem of sentenceProblems(rows, ids)) problems.push(`sentence at line ${line}: ${problem}`);
    line += rows.length + 1;
  }
  return problems;
}

function sentenceProblems(rows: readonly string[], ids: Set<string>): string[] {
  const problems: string[] = [];
  const first = rows.findIndex((row) => !row.startsWith('#'));
  if (first < 0) return ['no words'];
  const comments = rows.slice(0, first);
  const valueOf = (key: string): string[] =>
    comments.filter((row) => row.startsWith(`# ${key} = `)).map((row) => row.slice(key.length + 5));
  const [sentId, ...moreIds] = valueOf('sent_id');
  if (!sentId || moreIds.length || /\s/.test(sentId) || ids.has(sentId))
    problems.push('sent_id not one or not unique');
  ids.add(sentId);
  const at = (pattern: RegExp): number => comments.findIndex((row) => pattern.test(row));
  if (at(/^# newdoc/) > at(/^# newpar/) && at(/^# newpar/) >= 0) problems.push('newpar before newdoc');
  const { words, surface, found } = wordProblems(rows.slice(first).map((row) => row.split('\t')));
  problems.push(...found);
  if (!words) problems.push('no words');
  const [text, ...more] = valueOf('text');
  if (text === undefined || more.length || text !== text.trim())
    problems.push('text not one or with blanks around');
  if (text !== surface.trimEnd()) problems.push(`text "${text}" is not the tokens "${surface}"`);
  return problems;
}

function wordProblems(rows: readonly string[][]): { words: number; surface: string; found: string[] } {
  const found: string[] = [];
  let words = 0;
  let rangeEnd = 0;
  let surface = '';
  for (const columns of rows) {
    const [id, form, , upos, , feats, head, deprel, deps, misc] = columns;
    const problem = (what: string): void => void found.push(`word ${id}: ${what}`);
    if (columns.length !== 10 || columns.includes('')) problem('not ten columns with content');
    if (columns.some((column) => column !== column.trim())) problem('blanks around a column');
    if ([id, upos, columns[4], feats, head, deprel, deps].some((column) => /\s/.test(column)))
      problem('a blank inside');
    const range = /^(\d+)-(\d+)$/.exec(id);
    const inRange = words < rangeEnd;
    if (range) {
      if (Number(range[1]) !== words + 1 || Number(range[2]) <= words + 1 || inRange)
        problem('range out of order');
      if (columns.slice(2, 9).some((column) => column !== '_')) problem('a range has annotation');
      rangeEnd = Number(range[2]);
    } else if (Number(id) !== ++words) problem('out of order');
    if (!UPOS.includes(upos)) problem(`no UPOS: ${upos}`);
    if (feats !== '_' || deps !== '_' || head !== '_' || deprel !== '_') problem('annotation from nowhere');
    const entries = misc === '_' ? [] : misc.split('|');
    if (entries.some((entry) => !/^[A-Z][A-Za-z]*=\S+$/.test(entry))) problem(`MISC ${misc}`);
    const glued = entries.includes('SpaceAfter=No');
    if (range || !inRange) surface += glued ? form : `${form} `;
    else if (glued) problem('SpaceAfter inside a range');
  }
  if (words < rangeEnd) found.push('a range goes beyond the last word');
  return { words, surface, found };
}
