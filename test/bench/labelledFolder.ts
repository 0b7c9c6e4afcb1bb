// Makes a folder of labelled text of a two-column corpus, as a person would have left it who labelled the first COUNT
// sentences that hold an entity: DIR/labelled.txt with its annotations, and the sentences after them, unlabelled, in
// DIR/unlabelled.txt. --half leaves out every second label, and then no sentence is marked as reviewed; with
// --reviewed as well they are marked all the same, as if the rest were none. --new names the layer `names`, which no
// model knows, in the project file.
//   npx tsc -b && node out/test/bench/labelledFolder.js DATA.tsv COUNT DIR [--half [--reviewed]] [--new]
import { mkdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { type Label, reviewedLayer } from '../../models/annotations/label';
import { quoteAt } from '../../models/annotations/quoteLabel';
import { readBio, type TaggedExample } from '../../models/data/taggedExample';
import { spansOfTags } from '../../models/tags/bio';
import { formatSidecar } from '../../server/labelStore/sidecarText';
import { sidecarOf } from '../../server/workspace/workspacePaths';

const unlabelled = 400;

async function make(
  data: string,
  count: number,
  folder: string,
  { layer, isHalf, isReviewed }: { layer: string; isHalf: boolean; isReviewed: boolean },
): Promise<void> {
  const examples = await readBio(data);
  const hasEntity = ({ labels }: TaggedExample): boolean => labels.some((label) => label !== 'O');
  const chosen = new Set(examples.filter(hasEntity).slice(0, count));
  const labels: Label[] = [];
  let [text, entities] = ['', 0];
  const add = (layer: string, label: string, start: number, end: number): void => {
    labels.push({
      ...{ id: `l${labels.length}`, layer, label, start, end, quote: '', before: '', after: '' },
      ...{ state: 'confirmed', annotator: 'Gold', time: '2026-01-01T00:00:00.000Z' },
    });
  };
  for (const { forms, labels: tags } of chosen) {
    const begin = text.length;
    const starts = forms.map((form, t) => {
      if (t > 0) text += ' ';
      const start = text.length;
      text += form;
      return start;
    });
    for (const { start, end, label } of spansOfTags(tags))
      if (++entities % 2 === 1 || !isHalf)
        add(layer, label, starts[start], starts[end - 1] + forms[end - 1].length);
    if (isReviewed) add(reviewedLayer, '*', begin, text.length);
    text += '\n\n';
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'labelled.txt'), text);
  const rest = examples.filter((example) => !chosen.has(example)).slice(0, unlabelled);
  writeFileSync(
    path.join(folder, 'unlabelled.txt'),
    rest.map(({ forms }) => `${forms.join(' ')}\n\n`).join(''),
  );
  const sidecar = sidecarOf(folder, 'labelled.txt');
  mkdirSync(path.dirname(sidecar), { recursive: true });
  if (layer !== 'ner') {
    const kinds = [
      ...new Set(examples.flatMap(({ labels: tags }) => spansOfTags(tags).map(({ label }) => label))),
    ];
    const spec = { name: layer, kind: 'span', labels: kinds.sort().map((name) => ({ name })) };
    writeFileSync(
      path.join(folder, '.glossator', 'project.json'),
      JSON.stringify({ layers: [spec] }, null, 2),
    );
  }
  const quoted = labels.map((label) => ({ ...label, ...quoteAt(text, label.start, label.end) }));
  writeFileSync(sidecar, formatSidecar(quoted));
}

const [data, count, folder, ...flags] = process.argv.slice(2);
const isHalf = flags.includes('--half');
const layer = flags.includes('--new') ? 'names' : 'ner';
void make(data, Number(count), folder, {
  layer,
  isHalf,
  isReviewed: !isHalf || flags.includes('--reviewed'),
});
