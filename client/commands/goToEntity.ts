import { nextEntity } from '../entityWalk';
import { styleOf } from '../tagStyles';
import type { TagStore } from '../tagStore';
import { activeTaggedText, announce, selectMark } from '../taggedText';

/** Selects the next or previous entity of the active text and says which it is. */
export function goToEntity(store: TagStore, direction: 'next' | 'previous'): void {
  const text = activeTaggedText(store);
  if (text === undefined) return;
  const { document, selection } = text.editor;
  const entities = text.marks.filter(({ kind }) => kind === 'span');
  const stop = nextEntity(entities, document.offsetAt(selection.start), direction);
  if (stop === undefined) return announce('No entities in this text');
  const { mark, number, total } = stop;
  selectMark(text, mark);
  const words = document.getText(text.editor.selection).replace(/\s+/g, ' ');
  announce(`${words}: ${styleOf('span', mark.label).name} (${number} of ${total} entities)`);
}
