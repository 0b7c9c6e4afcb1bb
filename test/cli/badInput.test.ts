import assert from 'node:assert/strict';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { runGlossator, type Outcome } from './runGlossator';
import { makeTinyModelFolder } from './tinyModel';

/** Asserts status 2, nothing on stdout, and one sentence on stderr that says all of `parts`. */
function refused({ status, stdout, stderr }: Outcome, ...parts: (string | RegExp)[]): void {
  assert.equal(status, 2, stderr);
  assert.equal(stdout, '');
  assert.doesNotMatch(stderr, /\n {4}at /, 'a stack trace');
  for (const part of parts) {
    if (typeof part === 'string') assert.ok(stderr.includes(part), `${part}\nis not in\n${stderr}`);
    else assert.match(stderr, part);
  }
}

describe('glossator refuses bad input with status 2 and one sentence', { concurrency: 2 }, () => {
  let folder: string;
  let model: string;
  before(async () => ({ folder, model } = await makeTinyModelFolder()));
  after(() => rm(folder, { recursive: true }));

  const write = async (name: string, content: string | Uint8Array): Promise<string> => {
    const file = join(folder, name);
    await writeFile(file, content);
    return file;
  };

  it('a missing file', async () => {
    const file = join(folder, 'none.txt');
    refused(await runGlossator(['tag', file]), `${file}: There is no such file. Check its name`);
    refused(
      await runGlossator(['eval', '--layer', 'pos', '--data', file]),
      `${file}: There is no such file.`,
    );
  });

  it('a folder', async () => refused(await runGlossator(['tag', folder]), 'This is a folder'));

  it('a binary file', async () => {
    const file = await write('picture.txt', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 1));
    refused(await runGlossator(['tag', file]), `${file}: The file is binary`);
  });

  it('text that is not UTF-8, on standard input too', async () => {
    const latin = Buffer.from('one\ntwo caf\u00e9\n', 'latin1');
    const file = await write('latin.txt', latin);
    refused(await runGlossator(['tag', file]), `${file}:2: The line is not valid UTF-8. Save it as UTF-8`);
    refused(await runGlossator(['tag', '-'], latin), 'standard input:2: ');
  });

  it('one bad file among good ones, before anything is printed', async () => {
    const good = await write('good.txt', 'Fine.\n');
    refused(await runGlossator(['tag', good, join(folder, 'gone.txt')]), 'gone.txt');
  });

  it('a damaged gzip file', async () => {
    const file = await write('cut.conllu.gz', gzipSync('1\ta\n').subarray(0, 15));
    refused(await runGlossator(['eval', '--layer', 'pos', '--data', file]), 'damaged');
  });

  it('a model directory that is none', async () => {
    const text = await write('text.txt', 'Fine.\n');
    refused(await runGlossator(['tag', '--model', join(folder, 'no-model'), text]), join(folder, 'no-model'));
    refused(await runGlossator(['tag', '--model', folder, text]), folder);
  });

  it('a model with damaged or missing weights', async () => {
    const text = await write('words.txt', 'Fine.\n');
    const copy = join(folder, 'damaged');
    await cp(model, copy, { recursive: true });
    const weights = join(copy, 'pos.safetensors');
    const bytes = await readFile(weights);
    bytes[bytes.length - 1] ^= 1;
    await writeFile(weights, bytes);
    refused(await runGlossator(['tag', '--model', copy, text]), `${weights}: The file is damaged`);
    await rm(weights);
    refused(await runGlossator(['tag', '--model', copy, text]), `${weights}: A file of the model is missing`);
  });

  it('--raw on what is not CoNLL-U or not parts of speech', async () => {
    const columns = await write('columns.tsv', 'a\tO\n');
    const conllu = await write('x.conllu', '1\ta\t_\tX\t_\t_\t_\t_\t_\t_\n\n');
    refused(
      await runGlossator(['eval', '--raw', '--layer', 'pos', '--data', columns]),
      'columns.tsv: --raw needs',
    );
    refused(await runGlossator(['eval', '--raw', '--layer', 'ner', '--data', conllu]), 'Use --layer pos');
  });

  it('a broken corpus line', async () => {
    const conllu = await write('broken.conllu', '# sent_id = 1\n1\ta\t_\tX\t_\t_\t_\t_\t_\t_\n3\tb\n\n');
    refused(
      await runGlossator(['eval', '--model', model, '--layer', 'pos', '--data', conllu]),
      `${conllu}:3: The line has 2 columns. CoNLL-U needs ten`,
    );
    const columns = await write('broken.tsv', 'a\tO\nb\tPER\n');
    refused(
      await runGlossator(['eval', '--model', model, '--layer', 'ner', '--data', columns]),
      `${columns}:2: The tag "PER" is not BIO.`,
    );
  });

  it('a layer that the model has not', async () => {
    const text = await write('layer.txt', 'Fine.\n');
    refused(
      await runGlossator(['tag', '--model', model, '--layers', 'pos,sense', text]),
      /no layer "sense"\. It has: pos, ner/,
    );
  });

  const usage: [args: string[], message: RegExp][] = [
    [['tag', '--format', 'xml'], /'xml' is invalid.*conllu/],
    [['tag', '--layers', 'pos,,ner', 'x'], /--layers is empty/],
    [['eval', '--layer', 'pos'], /--data/],
    [['annotate'], /unknown command 'annotate'/],
    [['tag', '--quick'], /unknown option '--quick'/],
  ];
  for (const [args, message] of usage)
    it(`usage: glossator ${args.join(' ')}`, async () => refused(await runGlossator(args), message));
});
