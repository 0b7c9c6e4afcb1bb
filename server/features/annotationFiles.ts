import { fileURLToPath, pathToFileURL } from 'node:url';
import { DiagnosticSeverity } from 'vscode-languageserver';
import { InputError } from '../../models/errors';
import { SidecarFile } from '../labelStore/sidecarFile';
import { SidecarError } from '../labelStore/sidecarText';
import { textNameOfSidecar } from '../workspace/workspacePaths';
import { sentenceFor } from '../labels/userSentence';
import type { LabelFolder } from '../labels/labelFolder';
import { wire } from '../protocol/wire/schemas';
import type { FeatureContext } from '../services';

/** Takes over what other programs do to annotation files, and marks those that cannot be read. */
export function register({ connection, incoming, services }: FeatureContext): void {
  const { labelFolders, openLabels, sidecarProblems } = services;

  const look = async (folder: LabelFolder, file: string, name: string): Promise<void> => {
    try {
      await folder.store.reload(name);
      if (openLabels.named(folder, name) === undefined) await new SidecarFile(folder.path, file).read();
      sidecarProblems.set(file, undefined);
    } catch (error) {
      if (error instanceof SidecarError) sidecarProblems.set(file, error);
      else if (!(error instanceof InputError)) throw error;
    }
  };

  services.watchedFiles.on((files) => {
    for (const { uri } of files) {
      const held = labelFolders.holding(uri);
      const name = held && textNameOfSidecar(held.folder.path, held.file);
      if (held && name) look(held.folder, held.file, name).catch(report);
    }
  });

  openLabels.changed.on(({ place, readingProblem }) => {
    if (readingProblem?.place.file !== undefined)
      sidecarProblems.set(readingProblem.place.file, readingProblem);
    else if (place.folder.store.get(place.name) !== undefined)
      sidecarProblems.set(place.folder.store.get(place.name)?.file ?? '', undefined);
  });

  sidecarProblems.changed.on((file) => void publish(file).catch(report));

  const publish = async (file: string): Promise<void> => {
    const problem = sidecarProblems.get(file);
    const uri = pathToFileURL(file).href;
    if (problem === undefined) return connection.sendDiagnostics({ uri, diagnostics: [] });
    const line = Math.max(0, (problem.place.line ?? 1) - 1);
    const length = await lengthOfLine(uri, line);
    const range = { start: { line, character: 0 }, end: { line, character: length } };
    const { Error: severity } = DiagnosticSeverity;
    const message = sentenceFor(problem);
    await connection.sendDiagnostics({
      uri,
      diagnostics: [{ range, severity, source: 'glossator', code: problem.fault, message }],
    });
  };

  const lengthOfLine = async (uri: string, line: number): Promise<number> => {
    const held = labelFolders.holding(uri);
    const { text } = (held &&
      (await new SidecarFile(held.folder.path, held.file).readText().catch(() => undefined))) ?? { text: '' };
    return text.split('\n')[line]?.length ?? 0;
  };

  const report = (error: unknown): void => connection.console.error(String(error));

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
