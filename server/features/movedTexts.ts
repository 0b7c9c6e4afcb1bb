import { InputError } from '../../models/errors';
import { movedAnnotations } from '../labels/movedAnnotations';
import type { LabelFolder } from '../labels/labelFolder';
import type { OpenText } from '../labels/openText';
import type { MovedAnnotations } from '../protocol/annotationFiles';
import { wire } from '../protocol/wire/schemas';
import type { FeatureContext } from '../services';
import { TextReader } from '../workspace/textReader';

const ATTACH = 'Attach Them';

/** Finds texts that other programs moved without their labels, and attaches these again. */
export function register({ connection, incoming, services }: FeatureContext): void {
  const { labelFolders, openLabels, settings } = services;
  /** Texts that were asked about: once is enough. */
  const asked = new Set<string>();

  const attach = async (folder: LabelFolder, from: string, to: string): Promise<void> => {
    const reader = new TextReader(folder.path);
    if (await reader.hasText(from))
      throw new InputError(`The text ${from} is still in its place, with its labels.`);
    if (!(await reader.hasText(to)))
      throw new InputError('There is no such text.', { file: reader.fileOf(to) }, 'Check its name.');
    await folder.store.rename(from, to);
    await folder.store.reload(to);
  };

  incoming.request(wire.movedAnnotations, async () => {
    const all: MovedAnnotations[] = [];
    for (const folder of labelFolders.all)
      all.push(...(await movedAnnotations(folder, settings.current.languages)));
    return all;
  });

  incoming.request(wire.attachAnnotations, async ({ from, to }) => {
    const [old, now] = [labelFolders.place(from), labelFolders.place(to)];
    if (old.folder !== now.folder)
      throw new InputError(
        'Both texts must be in the same workspace folder.',
        {},
        'Move the text there first.',
      );
    await attach(old.folder, old.name, now.name);
    return null;
  });

  /** Somebody who opens a text without labels that has been moved is asked whether they belong to it. */
  const offer = async ({ document, place: { folder, name } }: OpenText): Promise<void> => {
    const moved = await movedAnnotations(folder, settings.current.languages, name);
    const one = moved.find(({ found }) => found?.name === name);
    if (one === undefined) return;
    const labels = one.labels === 1 ? 'The label' : `The ${one.labels} labels`;
    const message = `${labels} of ${one.name} seem${one.labels === 1 ? 's' : ''} to belong to ${name}: the text was moved without ${one.labels === 1 ? 'it' : 'them'}.`;
    const answer = await connection.window.showWarningMessage(message, { title: ATTACH });
    if (answer?.title !== ATTACH || openLabels.get(document.uri) === undefined) return;
    await attach(folder, one.name, name);
  };

  openLabels.changed.on((text) => {
    if (asked.has(text.document.uri) || !text.isReady) return;
    asked.add(text.document.uri);
    if (text.labels.length > 0 || text.fileProblems.length > 0) return;
    offer(text).catch((error: unknown) => {
      if (error instanceof InputError) openLabels.failed.fire(error);
      else connection.console.error(String(error));
    });
  });
}
