import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import type { Label } from '../../../models/annotations/label';
import { quoteAt } from '../../../models/annotations/quoteLabel';
import { sidecarOf } from '../../../server/workspace/workspacePaths';
import { formatSidecar } from '../../../server/labelStore/sidecarText';

const people = ['Ada', 'Charles', 'Mary', 'Grace', 'Alan'];
const places = ['Paris', 'London', 'Genoa', 'Turin'];
const lines = people.flatMap((person) => places.map((place) => `${person} wrote to ${place}.`));

/**
 * A folder with a text of twenty sentences, whose names are labelled in the layer `ner`, some words in `gene`, a layer
 * of its own, and another text without labels.
 */
export function labelledFolder(): string {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'glossator-retrain-')));
  const text = lines.join('\n\n');
  const labels: Label[] = [];
  const add = (layer: string, label: string, at: number, words: string): void => {
    const end = at + words.length;
    labels.push({
      ...{ id: `l${labels.length}`, layer, label, start: at, end, ...quoteAt(text, at, end) },
      ...{ state: 'confirmed', annotator: 'Test', time: '2026-01-01T00:00:00.000Z' },
    });
  };
  let at = 0;
  for (const line of lines) {
    const [person, , , place] = line.split(/[ .]/);
    add('ner', 'PER', at, person);
    add('ner', 'LOC', at + line.indexOf(place), place);
    if (place === 'Genoa') add('gene', 'GENE', at + line.indexOf(place), place);
    add('@reviewed', '*', at, line);
    at += line.length + 2;
  }
  writeFileSync(path.join(root, 'letters.txt'), text);
  writeFileSync(path.join(root, 'more.txt'), 'Grace met Alan in Turin.\n\nNobody wrote to Mary.');
  const file = sidecarOf(root, 'letters.txt');
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, formatSidecar(labels));
  const layers = [
    { name: 'ner', kind: 'span', labels: [{ name: 'PER' }, { name: 'LOC' }] },
    { name: 'gene', kind: 'span', labels: [{ name: 'GENE' }] },
  ];
  writeFileSync(path.join(root, '.glossator', 'project.json'), JSON.stringify({ layers }));
  return root;
}
