import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Segmenter } from '../../../models/text/segmenter';
import { DocumentStore } from '../../../server/documents/documentStore';
import { TrackedDocument } from '../../../server/documents/trackedDocument';
import { LabelFindings } from '../../../server/labels/labelFindings';
import { LabelFolders } from '../../../server/labels/labelFolders';
import { OpenLabels } from '../../../server/labels/openLabels';
import type { OpenText } from '../../../server/labels/openText';
import { segmentNow } from '../documents/segmentNow';
import { nextError } from '../nextError';
import { first } from '../features/memoryClient';

let root = '';
before(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'glossator-findings-'));
});
after(() => rm(root, { recursive: true }));

async function openText(name: string): Promise<{ findings: LabelFindings; text: OpenText }> {
  const [documents, folders] = [new DocumentStore(), new LabelFolders()];
  const open = new OpenLabels(folders, documents);
  const findings = new LabelFindings(open);
  folders.add(pathToFileURL(root).href);
  const uri = pathToFileURL(path.join(root, name)).href;
  const document = new TrackedDocument(
    TextDocument.create(uri, 'plaintext', 1, 'Ada is here.'),
    new Segmenter('plain'),
  );
  segmentNow(document);
  const looked = first(findings.changed);
  documents.open(document);
  await looked;
  return { findings, text: await open.require(uri) };
}

test('a listener that throws once keeps nobody from later findings', async (t) => {
  const errors = t.mock.method(console, 'error', () => undefined);
  const { findings, text } = await openText('a.txt');
  const subscription = findings.changed.on(() => {
    subscription.dispose();
    throw new Error('once');
  });
  for (let look = 0; look < 2; look++) {
    const looked = first(findings.changed);
    findings.schedule(text.place.folder);
    assert.equal(await looked, text);
  }
  assert.equal(errors.mock.callCount(), 1);
});

test('a look that fails is logged, and the next one is taken all the same', async (t) => {
  const { findings, text } = await openText('b.txt');
  const logged = nextError(t);
  const layers = t.mock.getter(text.place.folder.project, 'layers');
  layers.mock.mockImplementationOnce(() => {
    throw new Error('no layers');
  });
  findings.schedule(text.place.folder);
  assert.match(await logged, /no layers/);
  const looked = first(findings.changed);
  findings.schedule(text.place.folder);
  assert.equal(await looked, text);
});
