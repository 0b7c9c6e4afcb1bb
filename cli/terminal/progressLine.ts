/** One changing line on a terminal's stderr; elsewhere only the lines that are worth keeping in a log. */
export interface ProgressLine {
  /** Replaces the line; silent where stderr is no terminal. */
  show(text: string): void;
  /** Prints a line that stays. */
  keep(text: string): void;
  stop(): void;
}

export function progressLine(): ProgressLine {
  const { stderr } = process;
  const clear = stderr.isTTY ? '\r\x1b[K' : '';
  return {
    show(text) {
      if (stderr.isTTY) stderr.write(`${clear}${text.slice(0, stderr.columns - 1)}`);
    },
    keep: (text) => void stderr.write(`${clear}${text}\n`),
    stop: () => void stderr.write(clear),
  };
}
