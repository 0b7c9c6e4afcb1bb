import * as vscode from 'vscode';
import type { ProjectLayer } from '../../server/protocol/labels';
import { announce } from '../taggedText';
import type { TextFilter } from '../serverProcess';
import { labelKeys } from './labelKeys';
import type { LabelStyles } from './labelStyles';

/**
 * The mode in which single keys label: the when-clause `glossator.annotating` holds, and the status bar says so.
 * Keys without a meaning are caught, so that nothing is written into the text by mistake.
 */
export class AnnotationMode implements vscode.Disposable {
  readonly #selector: TextFilter[];
  readonly #styles: LabelStyles;
  readonly #item = vscode.window.createStatusBarItem('glossator.annotating', vscode.StatusBarAlignment.Left);
  #layer: string | undefined;
  #isOn = false;
  #guard: vscode.Disposable | undefined;

  constructor(selector: TextFilter[], styles: LabelStyles) {
    this.#selector = selector;
    this.#styles = styles;
    this.#item.name = 'Glossator: Annotating';
    this.#item.command = 'glossator.chooseLayer';
  }

  dispose(): void {
    this.set(false);
    this.#item.dispose();
  }

  /** The layer that keys label in; undefined while the mode is off. */
  get layer(): ProjectLayer | undefined {
    return this.#isOn ? this.#current() : undefined;
  }

  set(isOn: boolean): void {
    if (isOn === this.#isOn) return;
    this.#isOn = isOn;
    void vscode.commands.executeCommand('setContext', 'glossator.annotating', isOn);
    this.#guard?.dispose();
    this.#guard = isOn ? this.#guardKeys() : undefined;
    this.refresh();
    announce(isOn ? `Annotation mode: ${this.#keysText()}` : 'Annotation mode is off');
  }

  toggle(): void {
    this.set(!this.#isOn);
  }

  /** Labels in another layer from now on. */
  use(layer: string): void {
    this.#layer = layer;
    this.refresh();
    if (this.#isOn) announce(`Annotation mode: ${this.#keysText()}`);
  }

  /** Takes in a change of the project. */
  refresh(): void {
    const layer = this.#current();
    if (!this.#isOn || layer === undefined) return this.#item.hide();
    this.#item.text = `$(edit) Annotating: ${layer.name}`;
    this.#item.tooltip = `Keys label in the layer ${layer.name}: ${this.#keysText()}. Escape leaves. Choose another layer here.`;
    this.#item.accessibilityInformation = { label: `Annotation mode, layer ${layer.name}` };
    this.#item.show();
  }

  /** The chosen layer, else the first for spans, else the first. */
  #current(): ProjectLayer | undefined {
    const { layers } = this.#styles;
    const spans = layers.find(({ kind }) => kind === 'span');
    return layers.find(({ name }) => name === this.#layer) ?? spans ?? layers[0];
  }

  #keysText(): string {
    const layer = this.#current();
    if (layer === undefined) return 'no layers yet';
    return [...labelKeys(layer)].map(([label, key]) => `${key} ${label}`).join(', ') || 'no labels yet';
  }

  /** Catches what is typed. Another extension (Vim) may hold `type` already: then its keys stay its own. */
  #guardKeys(): vscode.Disposable | undefined {
    try {
      return vscode.commands.registerCommand('type', (typed: { readonly text: string }) => {
        const document = vscode.window.activeTextEditor?.document;
        const isLabelled = document !== undefined && vscode.languages.match(this.#selector, document) > 0;
        return isLabelled
          ? vscode.commands.executeCommand('glossator.labelWithKey', typed.text)
          : vscode.commands.executeCommand('default:type', typed);
      });
    } catch {
      return undefined;
    }
  }
}
