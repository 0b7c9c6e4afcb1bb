import * as vscode from 'vscode';
import { DecorationTypes } from './decorationTypes';
import { DrawnRanges } from './drawnRanges';
import type { ShownTexts } from './labels/shownTexts';
import type { Window } from './marks';
import type { ClientSettings } from './settings';

/** Code units that are drawn before and after what is on screen; a longer text costs no more. */
const MARGIN = 20_000;
/** Milliseconds between two drawings of an editor while tags stream in. */
const PACE = 60;

interface Drawing {
  readonly window: Window;
  readonly ranges: Map<vscode.TextEditorDecorationType, DrawnRanges>;
}

/** Draws tags and labels in the visible editors, and of each only what changed since it was drawn last. */
export class Decorator implements vscode.Disposable {
  readonly #texts: ShownTexts;
  readonly #drawings = new Map<vscode.TextEditor, Drawing>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #subscriptions: vscode.Disposable;
  #types: DecorationTypes;

  constructor(texts: ShownTexts, settings: ClientSettings) {
    this.#texts = texts;
    this.#types = new DecorationTypes(settings, texts.styles);
    this.#subscriptions = vscode.Disposable.from(
      vscode.workspace.onDidChangeTextDocument((event) => this.#follow(event)),
      vscode.window.onDidChangeVisibleTextEditors((editors) => this.#keepTo(editors)),
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => this.#scroll(textEditor)),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#types.dispose();
  }

  /** Draws everything anew in the looks that `settings` ask for. */
  useSettings(settings: ClientSettings): void {
    this.#types.dispose();
    this.#types = new DecorationTypes(settings, this.#texts.styles);
    this.#drawings.clear();
    for (const editor of vscode.window.visibleTextEditors) this.#draw(editor);
  }

  /** Tags or labels of a document changed: its editors are drawn at once, or when the last drawing is old enough. */
  update(uri: string): void {
    if (this.#timers.has(uri)) return;
    this.#drawDocument(uri);
    const timer = setTimeout(() => {
      this.#timers.delete(uri);
      this.#drawDocument(uri);
    }, PACE);
    this.#timers.set(uri, timer);
  }

  /** Removes what was drawn in a document that was closed. */
  clear(uri: string): void {
    for (const editor of editorsOf(uri)) {
      for (const type of this.#drawings.get(editor)?.ranges.keys() ?? []) editor.setDecorations(type, []);
      this.#drawings.delete(editor);
    }
  }

  #drawDocument(uri: string): void {
    for (const editor of editorsOf(uri)) this.#draw(editor);
  }

  #draw(editor: vscode.TextEditor): void {
    const { document } = editor;
    const uri = document.uri.toString();
    const window = around(editor);
    const drawn =
      this.#drawings.get(editor)?.ranges ?? new Map<vscode.TextEditorDecorationType, DrawnRanges>();
    const bounds = this.#boundsOf(uri, document.version, window);
    // Tags of another version: the editor moves what is drawn until those of this version come.
    const isStale = !this.#texts.isCurrent(uri, document.version);
    const ranges = new Map<vscode.TextEditorDecorationType, DrawnRanges>();
    for (const [type, before] of drawn) {
      if (bounds.has(type)) continue;
      if (isStale && this.#types.isSuggestion(type)) ranges.set(type, before);
      else bounds.set(type, []);
    }
    const sent: DrawnRanges[] = [];
    for (const [type, list] of bounds) {
      const before = drawn.get(type);
      if (before?.equal(list) === true) {
        ranges.set(type, before);
        continue;
      }
      editor.setDecorations(type, toRanges(document, list));
      const after = new DrawnRanges(list);
      ranges.set(type, after);
      sent.push(after);
    }
    this.#drawings.set(editor, { window, ranges });
    if (sent.length > 0) void this.#expectArrival(sent);
  }

  /** VS Code handles calls in their order: when it answers a later one, the ranges have been drawn. */
  async #expectArrival(sent: readonly DrawnRanges[]): Promise<void> {
    await vscode.commands.executeCommand('noop');
    for (const drawn of sent) drawn.arrive();
  }

  /** start, end, start, end, … of what is to be drawn, by its look. */
  #boundsOf(uri: string, version: number, window: Window): Map<vscode.TextEditorDecorationType, number[]> {
    const bounds = new Map<vscode.TextEditorDecorationType, number[]>();
    const add = (type: vscode.TextEditorDecorationType, start: number, end: number): void => {
      const list = bounds.get(type);
      if (list === undefined) bounds.set(type, [start, end]);
      else list.push(start, end);
    };
    for (const mark of this.#texts.marks(uri, version, window)) {
      const type = mark.start < mark.end ? this.#types.of(mark) : undefined;
      if (type !== undefined) add(type, mark.start, mark.end);
    }
    for (const { start } of this.#texts.reviewed(uri, window)) add(this.#types.reviewed, start, start);
    return bounds;
  }

  #follow({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    for (const [editor, { ranges }] of this.#drawings) {
      if (editor.document !== document) continue;
      for (const { rangeOffset, rangeLength, text } of contentChanges) {
        const change = { start: rangeOffset, end: rangeOffset + rangeLength, length: text.length };
        for (const drawn of ranges.values()) drawn.follow(change);
      }
    }
  }

  #keepTo(editors: readonly vscode.TextEditor[]): void {
    for (const editor of this.#drawings.keys()) if (!editors.includes(editor)) this.#drawings.delete(editor);
    for (const editor of editors) if (!this.#drawings.has(editor)) this.#draw(editor);
  }

  #scroll(editor: vscode.TextEditor): void {
    const drawing = this.#drawings.get(editor);
    if (drawing === undefined) return;
    const { start, end } = visibleWindow(editor);
    const isNearStart = drawing.window.start > 0 && start - drawing.window.start < MARGIN / 4;
    if (isNearStart || drawing.window.end - end < MARGIN / 4) this.#draw(editor);
  }
}

function editorsOf(uri: string): vscode.TextEditor[] {
  return vscode.window.visibleTextEditors.filter(({ document }) => document.uri.toString() === uri);
}

function visibleWindow({ document, visibleRanges }: vscode.TextEditor): Window {
  if (visibleRanges.length === 0) return { start: 0, end: 0 };
  const start = document.offsetAt(visibleRanges[0].start);
  return { start, end: document.offsetAt(visibleRanges[visibleRanges.length - 1].end) };
}

function around(editor: vscode.TextEditor): Window {
  const { start, end } = visibleWindow(editor);
  return { start: Math.max(0, start - MARGIN), end: end + MARGIN };
}

function toRanges(document: vscode.TextDocument, bounds: readonly number[]): vscode.Range[] {
  const ranges: vscode.Range[] = [];
  for (let i = 0; i < bounds.length; i += 2) {
    ranges.push(new vscode.Range(document.positionAt(bounds[i]), document.positionAt(bounds[i + 1])));
  }
  return ranges;
}
