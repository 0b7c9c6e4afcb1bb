import * as vscode from 'vscode';
import type { WireLabel } from '../../server/protocol/labels';
import type { Window } from '../marks';
import { announce } from '../taggedText';
import type { LabelSession } from './labelSession';
import type { ShownMark } from './shownMarks';
import { targetAt } from './targetAt';

/** What a link in a hover names: a label by its id, or a suggestion by all it is. */
export interface MarkReference {
  readonly uri: string;
  readonly id?: string;
  readonly layer?: string;
  readonly start?: number;
  readonly end?: number;
  readonly label?: string;
}

/** The text that a command about labels is for, as it is now. */
export class TargetText {
  readonly session: LabelSession;
  readonly editor: vscode.TextEditor;
  readonly document: vscode.TextDocument;

  constructor(session: LabelSession, editor: vscode.TextEditor) {
    this.session = session;
    this.editor = editor;
    this.document = editor.document;
  }

  get uri(): string {
    return this.document.uri.toString();
  }

  /** All that is labelled or suggested. */
  get marks(): ShownMark[] {
    return this.session.texts.marks(this.uri, this.document.version);
  }

  get labels(): readonly WireLabel[] {
    return this.session.texts.labels.labels(this.uri);
  }

  get selection(): Window {
    const { start, end } = this.editor.selection;
    return { start: this.document.offsetAt(start), end: this.document.offsetAt(end) };
  }

  /** The words of a span on one line, for titles. */
  words({ start, end }: Window): string {
    const range = new vscode.Range(this.document.positionAt(start), this.document.positionAt(end));
    const words = this.document.getText(range).replace(/\s+/g, ' ');
    return words.length > 40 ? `${words.slice(0, 39)}…` : words;
  }

  mayOverlap(layer: string): boolean {
    const found = this.session.texts.styles.layer(layer);
    return found?.kind === 'span' && found.overlap;
  }

  /** The layer that the review queue asks about, while the words in question are selected. */
  get layerInQuestion(): string | undefined {
    const { question } = this.session;
    const { start, end } = this.selection;
    const isAsked = question?.uri === this.uri && question.start === start && question.end === end;
    return isAsked ? question.layer : undefined;
  }

  /** The mark that a link names, else the one at the cursor; tells the user where there is none. */
  target(reference?: MarkReference): ShownMark | undefined {
    const asked = reference === undefined ? this.layerInQuestion : undefined;
    const mark = reference === undefined ? this.#markAtCursor(asked) : this.#markOf(reference);
    if (mark === undefined && asked !== undefined)
      announce(`The model suggests no ${asked} here: label the words, or mark the sentence as reviewed`);
    else if (mark === undefined) announce('No label or suggestion here');
    return mark;
  }

  /** The sentence at the cursor, also where its tags have not come; tells the user where there is none. */
  async sentence(): Promise<Window | undefined> {
    const sentence = await this.session.requests.sentence(this.document, this.selection.start);
    if (sentence === null) announce('No sentence here');
    return sentence ?? undefined;
  }

  select({ start, end }: Window): void {
    const range = new vscode.Range(this.document.positionAt(start), this.document.positionAt(end));
    this.editor.selection = new vscode.Selection(range.start, range.end);
    this.editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  #markAtCursor(asked: string | undefined): ShownMark | undefined {
    const { marks, selection } = this;
    if (asked !== undefined) return targetAt(marks, selection, asked);
    const layer = this.session.mode.layer?.name;
    return targetAt(marks, selection, layer) ?? targetAt(marks, selection);
  }

  #markOf({ id, layer, label, start, end }: MarkReference): ShownMark | undefined {
    return this.marks.find((mark) =>
      id === undefined
        ? mark.layer === layer && mark.label === label && mark.start === start && mark.end === end
        : mark.given?.id === id,
    );
  }
}

/** The text of the active editor, or the one that a link names. */
export function labelledText(session: LabelSession, reference?: MarkReference): TargetText | undefined {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  const editor =
    reference === undefined
      ? activeTextEditor
      : [activeTextEditor, ...visibleTextEditors].find(
          (one) => one?.document.uri.toString() === reference.uri,
        );
  return editor && new TargetText(session, editor);
}
