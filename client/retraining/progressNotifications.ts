import * as vscode from 'vscode';
import type {
  HandleWorkDoneProgressSignature,
  ProgressToken,
  WorkDoneProgressBegin,
  WorkDoneProgressEnd,
  WorkDoneProgressReport,
} from 'vscode-languageclient/node';

type Part = WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd;

/** A notification that is on screen. */
interface Shown {
  readonly report: (part: WorkDoneProgressReport) => void;
  readonly close: () => void;
}

/**
 * Shows progress of the server that can be cancelled, which a command began, in a notification with a button for that.
 * What the server does unasked, such as retraining after a save, is told in the status bar alone, as the library does.
 */
export class ProgressNotifications {
  readonly #cancel: (token: ProgressToken) => void;
  readonly #shown = new Map<ProgressToken, Shown>();

  /** @param cancel told when the user cancels */
  constructor(cancel: (token: ProgressToken) => void) {
    this.#cancel = cancel;
  }

  /** Takes a part of a progress in place of the library. */
  handle(token: ProgressToken, part: Part, next: HandleWorkDoneProgressSignature): void {
    if (part.kind === 'begin' && part.cancellable === true) {
      this.#shown.set(token, this.#open(token, part.title));
      return;
    }
    const shown = this.#shown.get(token);
    if (part.kind === 'report' && shown !== undefined) return shown.report(part);
    shown?.close();
    this.#shown.delete(token);
    next(token, part);
  }

  /** Closes all: the server is gone. */
  clear(): void {
    for (const { close } of this.#shown.values()) close();
    this.#shown.clear();
  }

  #open(token: ProgressToken, title: string): Shown {
    let close = (): void => undefined;
    const closed = new Promise<void>((resolve) => (close = resolve));
    let show: vscode.Progress<{ message?: string; increment?: number }> | undefined;
    let told: WorkDoneProgressReport | undefined;
    let percentage = 0;
    const report = (part: WorkDoneProgressReport): void => {
      told = part;
      if (show === undefined) return;
      const increment = Math.max(0, (part.percentage ?? 0) - percentage);
      percentage += increment;
      show.report({ increment, ...(part.message === undefined ? {} : { message: part.message }) });
    };
    const location = vscode.ProgressLocation.Notification;
    void vscode.window.withProgress({ location, title, cancellable: true }, (progress, cancellation) => {
      show = progress;
      cancellation.onCancellationRequested(() => this.#cancel(token));
      if (told !== undefined) report(told);
      return closed;
    });
    return { report, close };
  }
}
