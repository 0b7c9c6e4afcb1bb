import { randomBytes } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import * as path from 'node:path';
import { Command } from 'commander';
import { readTextFile } from '../../models/data/textFile';
import { InputError } from '../../models/errors';
import { ModelHistory } from '../../models/retraining/modelHistory';
import { readRunRecord } from '../../models/retraining/readRunRecord';
import type { RunRecord } from '../../models/retraining/runRecord';
import { loadReport } from '../../server/retraining/loadReport';
import { openOutput } from '../terminal/outputFile';

/** `glossator report`: the report on a retraining as a page. */
export function reportCommand(): Command {
  return new Command('report')
    .description('Write the report on a retraining as one HTML page that needs nothing else.')
    .argument('[RUN]', 'a folder of texts, for its newest model; a retrained model; or its run.json', '.')
    .requiredOption('--out <file>', 'the page; - for standard output')
    .action(async (run: string, { out }: { out: string }) => writeReport(await recordOf(run), out));
}

/** Writes the page whole or not at all. */
export async function writeReport(record: RunRecord, out: string): Promise<void> {
  const output = await openOutput(out);
  try {
    const { renderReport } = await loadReport();
    await output.write(await renderReport(record, { nonce: randomBytes(16).toString('hex'), links: 'none' }));
    await output.commit();
  } catch (error) {
    await output.abandon();
    throw error;
  }
}

async function recordOf(place: string): Promise<RunRecord> {
  if (!existsSync(place)) throw new InputError('There is no such folder or file.', { file: place });
  const file = statSync(place).isDirectory() ? path.join(place, 'run.json') : place;
  if (!existsSync(file)) {
    const newest = (await new ModelHistory(place).recorded()).at(-1);
    if (newest !== undefined) return newest.record;
    throw new InputError('Nothing was retrained here.', { file: place }, 'Retrain first: glossator retrain.');
  }
  const record = readRunRecord(await readTextFile(file));
  if (record === null)
    throw new InputError(
      'This is no record of a retraining, or it is damaged.',
      { file },
      'Name a run.json.',
    );
  return record;
}
