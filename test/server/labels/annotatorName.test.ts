import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { after, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { annotatorName } from '../../../server/labels/annotatorName';
import { LabelFolders } from '../../../server/labels/labelFolders';

const scratch = mkdtempSync(path.join(tmpdir(), 'glossator-git-'));
const mark = path.join(scratch, 'mark');

/** A repository whose settings name programs wherever git would run one, and a name. */
function craftedRepository(): string {
  const repository = path.join(scratch, 'repository');
  execFileSync('git', ['init', '--quiet', repository]);
  const program = `touch ${mark} #`;
  const settings = [
    '[user]\n\tname = Mallory',
    `[core]\n\tfsmonitor = "${program}"\n\tpager = "${program}"\n\teditor = "${program}"\n\thooksPath = hooks`,
    `[pager]\n\tconfig = "${program}"`,
    `[alias]\n\tconfig = "!${program}"`,
  ];
  appendFileSync(path.join(repository, '.git', 'config'), `${settings.join('\n')}\n`);
  writeFileSync(path.join(repository, 'a.txt'), 'Ada met Ben.\n');
  return repository;
}

describe('the annotator’s name in a repository', () => {
  const repository = craftedRepository();
  const before = { ...process.env };
  writeFileSync(path.join(scratch, 'gitconfig'), '[user]\n\tname = Ada\n');
  process.env.GIT_CONFIG_GLOBAL = path.join(scratch, 'gitconfig');
  after(() => {
    process.env = before;
    rmSync(scratch, { recursive: true });
  });

  it('the programs that its settings name would run', () => {
    execFileSync('git', ['status'], { cwd: repository, stdio: 'ignore' });
    assert.ok(existsSync(mark), 'git ran none of them: this test would see nothing');
    rmSync(mark);
  });

  const names: [trust: string, isTrusted: boolean, name: string][] = [
    ['one that is not trusted says nothing', false, 'Ada'],
    ['a trusted one says who commits there', true, 'Mallory'],
  ];
  for (const [title, isTrusted, name] of names)
    it(title, async () => {
      assert.equal(await annotatorName(repository, isTrusted), name);
      assert.equal(existsSync(mark), false, 'a program of the repository ran');
    });

  it('is asked for again where the user trusts the folder later', async () => {
    const folders = new LabelFolders();
    folders.add(pathToFileURL(repository).href);
    const { project, ready } = folders.first!;
    await ready;
    assert.equal(project.annotator, 'Ada');
    await folders.trust();
    assert.equal(project.annotator, 'Mallory');
    assert.equal(existsSync(mark), false, 'a program of the repository ran');
  });
});
