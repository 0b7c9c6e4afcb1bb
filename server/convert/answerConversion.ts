import * as path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { InputError } from '../../models/errors';
import { type FormatName, formatNames } from '../../models/formats/annotatedText';
import { UnclearFormat } from '../../models/formats/recognizeFormat';
import { UnclearUnit } from '../../models/formats/unitOfWords';
import type { Problem } from '../../models/formats/lossReport';
import type { LabelStore } from '../labelStore/labelStore';
import type {
  ConversionPlan,
  ConversionQuestion,
  ConvertAnswer,
  ConvertParams,
} from '../protocol/conversion';
import type { Conversion } from './conversion';
import { convertTexts } from './convertTexts';
import { sentenceFor } from '../labels/userSentence';
import { planReport } from './planReport';

/** The choice that settles each kind of problem, in the order in which they are asked. */
const CHOICES: Readonly<Record<Problem['reason'], ConversionQuestion['choice']>> = {
  'two-layers': 'layers',
  discontinuous: 'discontinuous',
  overlap: 'overlaps',
  misaligned: 'misaligned',
  'across-sentences': 'misaligned',
  'no-text': 'misaligned',
};
const ORDER = Object.keys(CHOICES) as Problem['reason'][];

/**
 * Converts as a client asks, and writes where nothing is left to ask a person.
 * @param storeFor the labels of the project that a folder belongs to
 * @param annotator who stands for imported labels that name nobody
 * @throws InputError where a file cannot be read or written
 */
export async function answerConversion(
  params: ConvertParams,
  storeFor: (folder: string) => LabelStore,
  annotator: string,
): Promise<ConvertAnswer> {
  const { files, from, to, out, isFolder, choices, lossy, replace, textOnly = false } = params;
  const { unit, columns, gold = false, planOnly = false } = params;
  const place = fileURLToPath(out);
  const given = (params.formats ?? []).map(
    ({ uri, format }) => [fileURLToPath(uri), formatOf(format)] as const,
  );
  const options = {
    ...{ from: from === undefined ? undefined : formatOf(from), to: formatOf(to), choices },
    ...{ unit, columns, gold },
    ...{ out: isFolder ? `${place}${path.sep}` : place, annotator, storeFor, formats: new Map(given) },
  };
  const places = files.map((file) => fileURLToPath(file));
  const conversion = await convertTexts(places, options).catch((error: unknown) => {
    if (error instanceof UnclearFormat || error instanceof UnclearUnit) return error;
    throw error;
  });
  if (conversion instanceof UnclearFormat) return asking([conversion]);
  if (conversion instanceof UnclearUnit) return askingUnit(conversion);
  const unclear = conversion.skipped.flatMap(({ error }) => (error instanceof UnclearFormat ? [error] : []));
  if (unclear.length > 0) return asking(unclear);
  for (const { error } of conversion.skipped) if (error instanceof UnclearUnit) return askingUnit(error);
  const { texts, outputs, skipped } = conversion;
  const labels = conversion.plan.files.reduce((sum, file) => sum + file.labels, 0);
  const questions = questionsOf(conversion);
  const existing = (await conversion.conflicts()).map((place) => pathToFileURL(place).href);
  const losses = conversion.losses.map(({ what, count, severity }) => ({
    ...{ what, count },
    isContent: severity === 'content',
  }));
  // An import replaces no text; whoever wants it is told by the import itself.
  const mayWrite =
    !planOnly &&
    questions.length === 0 &&
    (to !== 'glossator' || labels > 0 || textOnly) &&
    (lossy || losses.length === 0) &&
    (replace || existing.length === 0 || to === 'glossator');
  if (mayWrite) await conversion.write({ force: replace });
  return {
    ...{ isWritten: mayWrite, unclear: [], questions, losses, existing, texts, labels },
    skipped: skipped.map(({ file, error }) => ({
      uri: pathToFileURL(path.resolve(file)).href,
      reason: sentenceFor(error),
      ...(error.place.line === undefined ? {} : { line: error.place.line }),
    })),
    outputs: outputs.map((place) => pathToFileURL(path.resolve(place)).href),
    plan: planOf(conversion),
  };
}

function planOf({ plan }: Conversion): ConversionPlan {
  const { files, layers, offered } = plan;
  const unit = files.map((file) => file.unit).find((one) => one !== undefined && one.because !== 'same');
  return {
    lines: planReport(plan),
    formats: [...new Set(files.map(({ format }) => format))],
    layers: layers.map(({ layer, labels, isNew }) => ({ layer, labels, isNew })),
    offered,
    ...(unit && { unit: unit.unit }),
    hasColumns: files.some(({ columns }) => columns.length > 0),
  };
}

/** What is asked before anything else: the formats of files. */
function asking(unclear: readonly UnclearFormat[]): ConvertAnswer {
  return {
    ...NOTHING,
    unclear: unclear.map(({ place: { file = '' }, candidates }) => ({
      ...{ uri: pathToFileURL(path.resolve(file)).href, candidates },
    })),
  };
}

function askingUnit({ place: { file = '' }, fits }: UnclearUnit): ConvertAnswer {
  return { ...NOTHING, unclearUnit: { uri: pathToFileURL(path.resolve(file)).href, fits } };
}

const NOTHING: ConvertAnswer = {
  ...{ isWritten: false, unclear: [], questions: [], losses: [], existing: [], skipped: [], outputs: [] },
  ...{ texts: 0, labels: 0 },
};

function questionsOf({ problems }: Conversion): ConversionQuestion[] {
  return ORDER.flatMap((reason) =>
    problems
      .filter((kind) => kind.reason === reason)
      .map(({ count, choices: values, lines }) => ({ choice: CHOICES[reason], count, values, lines })),
  );
}

function formatOf(name: string): FormatName {
  const format = formatNames.find((one) => one === name);
  if (format === undefined) throw new InputError(`There is no format “${name}”.`);
  return format;
}
