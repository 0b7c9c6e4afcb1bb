import { writeSync } from 'node:fs';
import { LabelStore } from '../../../server/labelStore/labelStore';

/** Labels a text for ever, several at a time, and prints each id when the store says that it is saved. */
async function main(root: string, round: string): Promise<void> {
  const store = new LabelStore(root, { annotator: () => 'Ada' });
  const { live } = await store.open('a.txt', 'Ada Lovelace met Charles Babbage in London.\n'.repeat(100));
  for (let n = 0; ; n++) {
    const one = async (i: number): Promise<void> => {
      const start = (n * 7 + i) % 4000;
      const title = `${round}-${n}-${i}`;
      await store.apply('a.txt', title, [
        { kind: 'add', label: { layer: 'ner', label: title, start, end: start + 3 } },
      ]);
      writeSync(1, `${title}\n`);
    };
    await Promise.all([one(0), one(1), one(2)]);
    if (live.labels.length > 200) {
      writeSync(1, `-${(await store.nextUndo('a.txt'))?.title ?? ''}\n`); // before it: the kill may come in between
      await store.undo('a.txt');
    }
  }
}

void main(process.argv[2], process.argv[3]);
