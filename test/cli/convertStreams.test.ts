import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { text } from 'node:stream/consumers';
import { after, it } from 'node:test';
import { root } from '../shared';

const scratch = mkdtempSync(path.join(tmpdir(), 'glossator-streams-'));
after(() => rmSync(scratch, { recursive: true }));

/** What V8 may hold, in MB: a few times the file, which as objects takes many times as much. */
const HEAP = 64;
const DOCUMENTS = 1200;

const words = ['Ada', 'Lovelace', 'met', 'Charles', 'Babbage', 'in', 'London', 'on', 'Tuesday', '.'];
const sentence = `${words
  .map((word, k) => `${k + 1}\t${word}\t${word}\tX\tX\t_\t0\troot\t_\tNER=${k === 0 ? 'B-PER' : 'O'}`)
  .join('\n')}\n\n`;

it('converts a file of many documents within a heap that could not hold them', async () => {
  const file = path.join(scratch, 'many.conllu');
  const out = path.join(scratch, 'many.conll');
  const documents = Array.from(
    { length: DOCUMENTS },
    (_, k) => `# newdoc id = d${k}\n${sentence.repeat(24)}`,
  );
  writeFileSync(file, documents.join(''));
  const program = [`--max-old-space-size=${HEAP}`, path.join(root, 'dist', 'cli.js')];
  const args = ['convert', file, '--to', 'conll2003', '--lossy', '--layer', 'ner', '--out', out];
  const child = spawn(process.execPath, [...program, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  const [errors] = await Promise.all([text(child.stderr), once(child, 'close')]);
  assert.equal(child.exitCode, 0, errors);
  assert.match(errors, /1,200 texts with 28,800 labels converted to conll2003\.\n$/);
  const rows = words.map((word, k) => `${word} _ _ ${k === 0 ? 'B-PER' : 'O'}\n`).join('');
  const part = `-DOCSTART- -X- -X- O\n\n${`${rows}\n`.repeat(24)}`;
  const written = readFileSync(out, 'utf8');
  assert.equal(written.length, part.length * DOCUMENTS);
  assert.ok(written.startsWith(part) && written.endsWith(part));
});
