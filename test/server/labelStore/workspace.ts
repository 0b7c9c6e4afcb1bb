import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { TestContext } from 'node:test';
import { withFileLock } from '../../../models/data/fileLock';
import { WorkspaceFiles } from '../../../models/data/workspaceFiles';
import type { NewLabel } from '../../../server/labelStore/labelOperation';
import { LabelStore } from '../../../server/labelStore/labelStore';
import { lockOf, sidecarOf } from '../../../server/workspace/workspacePaths';

/** A folder with texts that is removed after the test. */
export class Workspace {
  readonly root = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'glossator-labels-')));

  constructor(context: Pick<TestContext, 'after'>) {
    context.after(() => rmSync(this.root, { recursive: true, force: true }));
  }

  store(annotator = 'Ada'): LabelStore {
    return new LabelStore(this.root, { annotator: () => annotator });
  }

  sidecar(name = 'a.txt'): string {
    return sidecarOf(this.root, name);
  }

  /** Keeps every store from writing, as another program does, until the function that it gives is called. */
  async block(): Promise<() => Promise<void>> {
    let unblock = (): void => undefined;
    let held: Promise<void> | undefined;
    await new Promise<void>((isHeld) => {
      held = withFileLock(new WorkspaceFiles(this.root), lockOf(this.root), () => {
        isHeld();
        return new Promise<void>((resolve) => (unblock = resolve));
      });
    });
    return async () => {
      unblock();
      await held;
    };
  }

  /** The annotation file's labels, as plain JSON. */
  lines(name = 'a.txt'): { id: string; label: string; start: number; end: number }[] {
    const lines = this.#linesOf(name);
    return lines.map((line) => JSON.parse(line) as { id: string; label: string; start: number; end: number });
  }

  /** The annotation file's lines after its header; none where there is no file. */
  labelLines(name = 'a.txt'): string[] {
    return existsSync(this.sidecar(name)) ? this.#linesOf(name) : [];
  }

  #linesOf(name: string): string[] {
    return readFileSync(this.sidecar(name), 'utf8').trimEnd().split('\n').slice(1);
  }

  write(file: string, content: string): void {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

/** A label for the first occurrence of `words`. */
export function labelled(text: string, words: string, label = 'PER', layer = 'ner'): NewLabel {
  const start = text.indexOf(words);
  return { layer, label, start, end: start + words.length };
}
