/** Calls `action` at once, then at most every `interval` milliseconds; the last call is never lost. */
export function throttled(interval: number, action: () => void): () => void {
  let resting = false;
  let wanted = false;
  const run = (): void => {
    if (resting) {
      wanted = true;
      return;
    }
    wanted = false;
    resting = true;
    action();
    const rest = setTimeout(() => {
      resting = false;
      if (wanted) run();
    }, interval);
    rest.unref();
  };
  return run;
}
