import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { breakLock } from '../../../models/data/fileLock';
import { WorkspaceFiles } from '../../../models/data/workspaceFiles';
import { InputError } from '../../../models/errors';
import { ModelChoiceFile, noChoice } from '../../../models/retraining/modelChoice';

const [first, second] = ['2026-01-01T00-00-01', '2026-01-01T00-00-02'];

function choiceIn(t: TestContext): { file: string; files: WorkspaceFiles; choice: ModelChoiceFile } {
  const root = mkdtempSync(path.join(tmpdir(), 'glossator-choice-'));
  t.after(() => rmSync(root, { recursive: true }));
  const files = new WorkspaceFiles(root);
  return { file: path.join(root, 'current.json'), files, choice: new ModelChoiceFile(files, root) };
}

describe('the file that says which model is in use', () => {
  it('says none where it is missing, and what it leaves out is none', async (t) => {
    const { file, choice } = choiceIn(t);
    assert.deepEqual(await choice.read(), noChoice);
    writeFileSync(file, JSON.stringify({ current: first }));
    assert.deepEqual(await choice.read(), { ...noChoice, current: first });
  });

  it('is refused in one sentence that names it where it says something else', async (t) => {
    const { file, choice } = choiceIn(t);
    for (const [content, message] of [
      ['', /does not say which model is in use/],
      ['{"current":', /does not say which model is in use/],
      ['7', /does not say which model is in use/],
      ['{"current":"../elsewhere"}', /^The entry "current" is wrong: .*\.$/],
      [`{"pinned":["${first}",5]}`, /^The entry "pinned.1" is wrong: .*\.$/],
    ] as const) {
      writeFileSync(file, content);
      await assert.rejects(choice.read(), (error: unknown) => {
        assert.ok(error instanceof InputError);
        assert.match(error.message, message);
        assert.equal(error.place.file, file);
        return true;
      });
    }
  });

  it('keeps what it does not know, and is written only where it changes', async (t) => {
    const { file, choice } = choiceIn(t);
    await choice.change((same) => Promise.resolve(same));
    assert.equal(existsSync(file), false);
    writeFileSync(file, JSON.stringify({ current: first, later: { version: 3 } }));
    const { ino } = statSync(file);
    await choice.change((same) => Promise.resolve(same));
    assert.equal(statSync(file).ino, ino);
    await choice.change((was) => Promise.resolve({ ...was, current: second, previous: was.current }));
    const { later, current, previous } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    assert.deepEqual([later, current, previous], [{ version: 3 }, second, first]);
    assert.equal(existsSync(choice.lock), false);
  });

  it('is not written by who has lost the lock', async (t) => {
    const { file, files, choice } = choiceIn(t);
    const change = choice.change(async (was) => {
      await breakLock(files, choice.lock);
      return { ...was, current: first };
    });
    await assert.rejects(change, /lock was broken/);
    assert.equal(existsSync(file), false);
  });
});
