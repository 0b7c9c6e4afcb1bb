import type { TestContext } from 'node:test';

/** What is written to standard error next, which does not show it. */
export function nextError(t: TestContext): Promise<string> {
  return new Promise((resolve) => {
    const { mock } = t.mock.method(process.stderr, 'write', (text: string) => {
      mock.restore();
      resolve(text);
      return true;
    });
  });
}
