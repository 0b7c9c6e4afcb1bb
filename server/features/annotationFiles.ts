import { fileURLToPath, pathToFileURL } from 'node:url';
import { DiagnosticSeverity } from 'vscode-languageserver';
import { InputError } from '../../models/errors';
import { SidecarFile } from '../labelStore/sidecarFile';
import { SidecarError } from '../labelStore/sidecarText';
import { isFolderOfAnnotations, textNameOfSidecar } from '../workspace/workspacePaths';
import { sentenceFor } from '../labels/userSentence';
import type { LabelFolder } from '../labels/labelFolder';
import { wire } from '../protocol/wire/schemas';
import type { FeatureContext } from '../services';

/** The most problems that are shown of one annotation file. */
const MOST_SHOWN = 100;

/** Takes over what other programs do to annotation files, and marks those that cannot be read. */
export function register({ connection, incoming, services }: FeatureContext): void {
  const { labelFolders, openLabels, sidecarProblems } = services;

  const look = async (folder: LabelFolder, file: string, name: string): Promise<void> => {
    try {
      await folder.store.reload(name);
      const { problems } =
        openLabels.named(folder, name) === undefined
          ? await new SidecarFile(folder.path, file).read()
          : { problems: folder.store.get(name)?.lineProblems ?? [] };
      sidecarProblems.set(file, problems);
    } catch (error) {
      if (error instanceof SidecarError) sidecarProblems.set(file, [error]);
      else if (!(error instanceof InputError)) throw error;
    }
  };

  services.watchedFiles.on((files) => {
    for (const { uri } of files) {
      const held = labelFolders.holding(uri);
      const name = held && textNameOfSidecar(held.folder.path, held.file);
      if (held && name) look(held.folder, held.file, name).catch(report);
      else if (held && isFolderOfAnnotations(held.folder.path, held.file))
        held.folder.store.saveOutlived().catch(reportOrTell);
    }
  });

  openLabels.changed.on(({ annotationFile, fileProblems }) => {
    if (annotationFile !== undefined) sidecarProblems.set(annotationFile, fileProblems);
  });

  sidecarProblems.changed.on((file) => void publish(file).catch(report));

  const publish = async (file: string): Promise<void> => {
    const problems = sidecarProblems.get(file) ?? [];
    const uri = pathToFileURL(file).href;
    const lines = problems.length === 0 ? [] : (await contentOf(uri)).split('\n');
    await connection.sendDiagnostics({
      uri,
      diagnostics: problems.slice(0, MOST_SHOWN).map((problem) => {
        const line = Math.max(0, (problem.place.line ?? 1) - 1);
        const range = { start: { line, character: 0 }, end: { line, character: lines[line]?.length ?? 0 } };
        const { Error: severity } = DiagnosticSeverity;
        return { range, severity, source: 'glossator', code: problem.fault, message: sentenceFor(problem) };
      }),
    });
  };

  const contentOf = async (uri: string): Promise<string> => {
    const held = labelFolders.holding(uri);
    if (held === undefined) return '';
    const read = await new SidecarFile(held.folder.path, held.file).readText().catch(() => undefined);
    return read?.text ?? '';
  };

  const report = (error: unknown): void => connection.console.error(String(error));
  const reportOrTell = (error: unknown): void => {
    if (error instanceof InputError) openLabels.failed.fire(error);
    else report(error);
  };

  incoming.notification(wire.didRenameFiles, ({ files }) => {
    for (const { oldUri, newUri } of files) void follow(oldUri, newUri);
  });

  /** Takes the annotations of a text or of a folder along to its new place. */
  const follow = async (oldUri: string, newUri: string): Promise<void> => {
    try {
      const [from, to] = [labelFolders.place(oldUri), labelFolders.place(newUri)];
      if (from.folder !== to.folder)
        throw new InputError(
          'The annotations stayed behind: the text went to another workspace folder.',
          { file: fileURLToPath(newUri) },
          'Move its file in .glossator/annotations as well.',
        );
      await from.folder.store.rename(from.name, to.name);
      for (const { place } of openLabels.all)
        if (place.folder === to.folder && (place.name === to.name || place.name.startsWith(`${to.name}/`)))
          await place.folder.store.reload(place.name);
    } catch (error) {
      if (!(error instanceof InputError)) return report(error);
      const isOurs = [oldUri, newUri].some((uri) => labelFolders.holding(uri) !== undefined);
      if (isOurs) openLabels.failed.fire(error);
    }
  };
}
