import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import type { Label } from '../../../models/annotations/label';
import { quoteAt } from '../../../models/annotations/quoteLabel';
import type { LayerSpec } from '../../../models/tags/layer';
import { formatSidecar } from '../../../server/labelStore/sidecarText';
import { sidecarOf } from '../../../server/workspace/workspacePaths';

/** A label on words of a line, at their first place in it; on the whole line without words. */
export interface LineLabel {
  readonly line: number;
  readonly layer: string;
  readonly label: string;
  readonly words?: string;
  readonly changes?: Partial<Label>;
}

/** A new folder with one text, a sentence a line, its labels, and a project that names the layers. */
export function writeLabels(
  lines: readonly string[],
  labels: readonly LineLabel[],
  layers: readonly LayerSpec[],
): string {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'glossator-labels-')));
  const text = lines.join('\n\n');
  const starts = lines.map((_, k) => lines.slice(0, k).reduce((sum, line) => sum + line.length + 2, 0));
  const made = labels.map(({ line, layer, label, words = lines[line], changes }, k): Label => {
    const start = starts[line] + lines[line].indexOf(words);
    const end = start + words.length;
    return {
      ...{ id: `l${k}`, layer, label, start, end, ...quoteAt(text, start, end) },
      ...{ state: 'confirmed', annotator: 'Test', time: '2026-01-01T00:00:00.000Z', ...changes },
    };
  });
  writeFileSync(path.join(root, 'text.txt'), text);
  const file = sidecarOf(root, 'text.txt');
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, formatSidecar(made));
  const project = {
    layers: layers.map((layer) => ({ ...layer, labels: layer.labels.map((name) => ({ name })) })),
  };
  writeFileSync(path.join(root, '.glossator', 'project.json'), JSON.stringify(project));
  return root;
}
