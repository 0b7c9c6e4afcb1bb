import * as vscode from 'vscode';
import type { StatusParams } from '../server/protocol/messages';
import { isAnnotatedFile } from './commands/pickFormat';
import { countWords } from './marks';
import type { TagStore } from './tagStore';

const { Error: Failure, Information, Warning } = vscode.LanguageStatusSeverity;

interface Shown {
  readonly text: string;
  readonly detail: string;
  readonly severity?: vscode.LanguageStatusSeverity;
  readonly busy?: boolean;
  readonly command?: vscode.Command;
}

const importLabels: vscode.Command = { title: 'Import…', command: 'glossator.importAnnotations' };
const showOutput: vscode.Command = { title: 'Show Output', command: 'glossator.showOutput' };
const showLegend: vscode.Command = { title: 'Show Tags', command: 'glossator.showLegend' };
const cancelRetraining: vscode.Command = {
  title: 'Cancel Retraining',
  command: 'glossator.cancelRetraining',
};
const restart: vscode.Command = { title: 'Restart', command: 'glossator.restart' };

/** Says in the language status of the editor what the tagger is doing, with which model and how fast. */
export class StatusItem implements vscode.Disposable {
  readonly #item: vscode.LanguageStatusItem;
  readonly #store: TagStore;
  #status: StatusParams | 'starting' | 'stopped' = 'starting';

  constructor(selector: vscode.DocumentSelector, store: TagStore) {
    this.#store = store;
    this.#item = vscode.languages.createLanguageStatusItem('glossator.status', selector);
    this.#item.name = 'Glossator';
    this.refresh();
  }

  dispose(): void {
    this.#item.dispose();
  }

  /** What the server last said, or how its process fares. */
  show(status: StatusParams | 'starting' | 'stopped'): void {
    this.#status = status;
    this.refresh();
  }

  /** Takes in what changed in the active document. */
  refresh(): void {
    const { text, detail, severity = Information, busy = false, command = showLegend } = this.#describe();
    const item = this.#item;
    item.text = text;
    item.detail = detail;
    item.severity = severity;
    item.busy = busy;
    item.command = command;
    item.accessibilityInformation = { label: `${text}. ${detail}` };
  }

  #describe(): Shown {
    const status = this.#status;
    if (status === 'starting') return { text: 'Glossator: starting', detail: '', busy: true };
    if (status === 'stopped') {
      const detail = 'the language server is not running';
      return { text: 'Glossator: stopped', detail, severity: Failure, command: restart };
    }
    if (status.state === 'failed') {
      const detail = status.message ?? 'The tagger failed; the output says why.';
      return { text: 'Glossator: failed', detail, severity: Failure, command: showOutput };
    }
    const document = vscode.window.activeTextEditor?.document;
    const tagged = document && this.#store.get(document.uri.toString());
    if (tagged?.untagged !== undefined) {
      return {
        text: 'Glossator: not tagged',
        detail: tagged.untagged,
        ...(isAnnotatedFile(document?.fileName ?? '')
          ? { command: importLabels }
          : { severity: Warning, command: showOutput }),
      };
    }
    const detail = describeTagger(status);
    if (status.state === 'loading') return { text: 'Glossator: loading the model', detail, busy: true };
    const words = tagged === undefined ? 0 : countWords(tagged.sentences).tagged;
    const text = `Glossator: ${count(words)} ${words === 1 ? 'word' : 'words'}`;
    if (status.state === 'tagging')
      return { text: `${text}, ${count(status.pending)} sentences to go`, detail, busy: true };
    if (status.training !== undefined) {
      const more = `${status.training} · ${detail}`;
      return { text: `${text}, retraining`, detail: more, busy: true, command: cancelRetraining };
    }
    return { text, detail };
  }
}

function describeTagger({ backend, modelId, words, milliseconds }: StatusParams): string {
  const parts: string[] = [];
  if (backend !== null) parts.push(backend);
  if (modelId !== null) parts.push(`model ${modelId.slice(0, 8)}`);
  if (words > 0) parts.push(`${count(words)} in ${count(Math.round(milliseconds))} ms`);
  return parts.join(' · ');
}

function count(n: number): string {
  return n.toLocaleString('en');
}
