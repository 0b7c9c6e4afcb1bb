import type { createColors } from 'picocolors';

/** How to print on a terminal, or where there is none. */
export interface TerminalStyle {
  readonly colors: ReturnType<typeof createColors>;
  /** Columns. */
  readonly width: number;
}

interface Picocolors {
  readonly isColorSupported: boolean;
  createColors(enabled: boolean): ReturnType<typeof createColors>;
}

/** Columns where the output is no terminal. */
const DEFAULT_WIDTH = 100;

/** Colours only on a terminal that wants them: NO_COLOR and FORCE_COLOR decide where they are set. */
export function terminalStyle(stream: NodeJS.WriteStream, picocolors: Picocolors): TerminalStyle {
  const wanted = picocolors.isColorSupported && (stream.isTTY || Boolean(process.env['FORCE_COLOR']));
  return { colors: picocolors.createColors(wanted), width: stream.columns ?? DEFAULT_WIDTH };
}
