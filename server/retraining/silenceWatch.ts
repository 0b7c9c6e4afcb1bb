/** In how many looks the patience is counted. */
const LOOKS = 20;

/**
 * Notices that nothing was heard for too long. Looks are counted, not the clock: a computer that slept, or a process
 * that was held up itself, takes nobody's silence for longer than it listened.
 */
export class SilenceWatch {
  readonly #timer: NodeJS.Timeout;
  #missed = 0;

  /**
   * @param patience milliseconds
   * @param onSilence called once
   */
  constructor(patience: number, onSilence: () => void) {
    this.#timer = setInterval(() => {
      if (++this.#missed < LOOKS) return;
      this.stop();
      onSilence();
    }, patience / LOOKS);
  }

  heard(): void {
    this.#missed = 0;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
