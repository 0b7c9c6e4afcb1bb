import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ESLint, Linter } from 'eslint';
import { root } from '../../scripts/paths.mjs';

const allowed = [
  ['models/backend.ts', '@tensorflow/tfjs-core'],
  ['models/nn/biLm.ts', '../backend'],
  ['server/features/hover.ts', '../../models/text/span'],
  ['server/features/hover.ts', '../protocol/messages'],
  ['server/main.ts', 'vscode-languageserver/node'],
  ['client/extension.ts', 'vscode'],
  ['client/commands/retag.ts', '../../server/protocol/messages'],
  ['client/extension.ts', '../server/protocol/settings'],
];

const forbidden = [
  ['models/nn/biLm.ts', '@tensorflow/tfjs-core'],
  ['models/nn/biLm.ts', '@tensorflow/tfjs-node'],
  ['models/taggers/tagger.ts', '../../server/documents/sentenceIndex'],
  ['models/errors.ts', '../server/protocol/messages'],
  ['models/text/span.ts', 'vscode-languageserver-textdocument'],
  ['models/text/span.ts', 'vscode'],
  ['server/main.ts', 'vscode'],
  ['server/main.ts', '@tensorflow/tfjs-core'],
  ['server/features/hover.ts', '../../client/marks'],
  ['server/protocol/messages.ts', '../documents/sentenceIndex'],
  ['client/extension.ts', '../models/text/span'],
  ['client/extension.ts', '../server/main'],
  ['client/commands/retag.ts', '../../server/documents/sentenceIndex'],
  ['client/extension.ts', '@tensorflow/tfjs-core'],
];

/** What the repository's own configuration says about one import in one file. */
async function complaints(eslint, file, imported) {
  const { rules } = await eslint.calculateConfigForFile(file);
  const rule = { 'no-restricted-imports': rules['no-restricted-imports'] };
  return new Linter().verify(`import '${imported}';`, { rules: rule });
}

test('the linter keeps models <- server <- (server/protocol) <- client', async (t) => {
  const eslint = new ESLint({ cwd: root });
  for (const [file, imported] of allowed) {
    await t.test(`${file} may import ${imported}`, async () => {
      assert.deepEqual(await complaints(eslint, file, imported), []);
    });
  }
  for (const [file, imported] of forbidden) {
    await t.test(`${file} may not import ${imported}`, async () => {
      assert.equal((await complaints(eslint, file, imported)).length, 1);
    });
  }
});
