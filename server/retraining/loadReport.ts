import path from 'node:path';
import type * as reportBundle from './report';

/** Stands beside the code that needs it, in out/ as in dist/. */
const BUNDLE = path.join(__dirname, 'report.js');

/** Loads what draws reports, at the first report. */
export async function loadReport(): Promise<typeof reportBundle> {
  return (await import(BUNDLE)) as typeof reportBundle;
}
