import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver';
import type { TrackedDocument } from '../documents/trackedDocument';
import type { Settings } from '../protocol/settings';
import type { FeatureContext } from '../services';
import { labelDiagnostics } from '../labels/labelDiagnostics';
import { definitionOf } from '../labels/labelDefinitions';
import { doubtsIn, type Doubt } from './lowConfidence';
import { percent } from '../labels/percent';

/** The least certain predictions of a document that are shown; more would bury the rest of the panel. */
const MOST_SHOWN = 100;

/** Shows predictions of low confidence where the settings ask for them, and what in labels needs a person. */
export function register({ connection, services }: FeatureContext): void {
  const { documents, tagging, settings, openLabels, labelFindings } = services;
  const shown = new Set<string>();

  const publish = (document: TrackedDocument): void => {
    const setting = settings.current.diagnostics;
    const text = openLabels.get(document.uri);
    const diagnostics = [
      ...diagnosticsOf(document, setting),
      ...(text === undefined ? [] : labelDiagnostics(text, labelFindings.of(text), setting.labels)),
    ];
    if (diagnostics.length === 0 && !shown.has(document.uri)) return;
    if (diagnostics.length > 0) shown.add(document.uri);
    else shown.delete(document.uri);
    const { uri, version } = document;
    void connection.sendDiagnostics({ uri, version, diagnostics });
  };

  tagging.tagged.on((document) => {
    const text = openLabels.get(document.uri);
    if (text === undefined || text.labels.length === 0) publish(document);
    // Published when both are up to date; while more is to be tagged it would only be looked for again.
    else if (tagging.pendingOf(document) === 0) labelFindings.schedule(text.place.folder);
  });
  labelFindings.changed.on(({ document }) => publish(document));
  settings.changed.on(() => documents.all().forEach(publish));
  documents.closed.on(({ uri }) => {
    if (shown.delete(uri)) void connection.sendDiagnostics({ uri, diagnostics: [] });
  });
}

function diagnosticsOf(document: TrackedDocument, setting: Settings['diagnostics']): Diagnostic[] {
  if (setting.lowConfidence === 'off') return [];
  const severity =
    setting.lowConfidence === 'hint' ? DiagnosticSeverity.Hint : DiagnosticSeverity.Information;
  return document.sentences
    .flatMap((sentence) => doubtsIn(sentence, setting.threshold))
    .sort((a, b) => a.probability - b.probability)
    .slice(0, MOST_SHOWN)
    .sort((a, b) => a.start - b.start)
    .map((doubt) => ({
      range: document.rangeOf(doubt),
      severity,
      source: 'glossator',
      code: doubt.layer,
      message: messageFor(doubt),
    }));
}

function messageFor({ layer, label, probability, runnerUp }: Doubt): string {
  const named = (tag: string): string => {
    const definition = definitionOf(layer, tag);
    return definition === undefined ? tag : `${tag} (${definition.name})`;
  };
  const other = runnerUp === null ? '' : `, or ${named(runnerUp.label)} at ${percent(runnerUp.probability)}`;
  return `Perhaps ${named(label)} at ${percent(probability)}${other}.`;
}
