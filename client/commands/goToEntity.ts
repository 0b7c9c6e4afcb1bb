import { nextEntity } from '../entityWalk';
import type { ShownTexts } from '../labels/shownTexts';
import { activeTaggedText, announce, selectMark } from '../taggedText';

/** Selects the next or previous entity of the active text and says which it is. */
export function goToEntity(texts: ShownTexts, direction: 'next' | 'previous'): void {
  const text = activeTaggedText(texts);
  if (text === undefined) return;
  const { document, selection } = text.editor;
  const entities = text.marks.filter(({ kind }) => kind === 'span');
  const stop = nextEntity(
    entities,
    document.offsetAt(selection.start),
    direction,
    document.offsetAt(selection.end),
  );
  if (stop === undefined) return announce('No entities in this text');
  const { mark, number, total } = stop;
  selectMark(text, mark);
  const words = document.getText(text.editor.selection).replace(/\s+/g, ' ');
  announce(`${words}: ${texts.styles.styleOf(mark).name} (${number} of ${total} entities)`);
}
