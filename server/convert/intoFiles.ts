import * as path from 'node:path';
import { InputError } from '../../models/errors';
import type { AnnotatedText } from '../../models/formats/annotatedText';
import { distinctNames, fileStem } from '../../models/formats/documentNames';
import type {
  AnnotationFormat,
  DocumentSet,
  DocumentWriter,
  WriteOptions,
} from '../../models/formats/format';
import { LossReport } from '../../models/formats/lossReport';
import { haveOneForm } from '../../models/formats/writeDocuments';
import type { ConversionOptions, PreparedOutputs } from './conversion';
import { type OutputPart, conflictsOf, isFolder, writeOutputs } from './outputPlaces';
import { bytesOf, type NamedInput, namedDocuments } from './readInputs';
import { FitTally, joinProblems, sumLosses } from './reportLines';
import { withoutOverwriting } from './withoutOverwriting';
import { writeWhole } from './writeWhole';

/** Documents that are written together. */
interface OutputSet extends Omit<DocumentSet, 'keepsForm'> {
  readonly inputs: readonly NamedInput[];
  readonly keepsForm: boolean;
}

/**
 * Prepares documents as files of another format: one for all of them, or in a folder one for each file that was read,
 * or for each document, as the format has it.
 * @throws InputError where `out` does not suit what is to be written
 */
export async function intoFiles(
  named: readonly NamedInput[],
  format: AnnotationFormat,
  { choices, unit, out, progress, mostListed = Infinity }: ConversionOptions,
): Promise<PreparedOutputs> {
  const options: WriteOptions = { ...choices, unit };
  const folder = out !== undefined && out !== '-' && (await isFolder(out)) ? out : undefined;
  const alone = out === undefined || out === '-' ? 'text' : fileStem(out);
  const sets =
    folder === undefined ? [outputSet(alone, named)] : named.map((input) => outputSet(input.stem, [input]));
  const begin = (set: OutputSet, report: LossReport): DocumentWriter =>
    (format.begin ?? writeWhole(format))(set, options, report);
  const bytes = await bytesOf(named.flatMap(({ input }) => (input.isStreamed ? [input.file] : [])));

  const { problems, losses } = sets.every(wasTried) ? surveyed() : await tried();
  const places =
    problems.length > 0 ? [] : placesOf(sets, (set) => begin(set, new LossReport()), folder, out);
  const outputs = places.flatMap((ofSet) => [...ofSet.values()]);

  /** As the files were read for the first time. */
  function surveyed(): Pick<PreparedOutputs, 'problems' | 'losses'> {
    const kinds = named.flatMap(({ input, names }) => input.survey.fit?.problems(names) ?? []);
    const sums = named.flatMap(({ input }) => input.survey.fit?.losses ?? []);
    return { problems: joinProblems(kinds, mostListed), losses: sumLosses(sums) };
  }

  /** Where the documents do not keep their forms, or are written as a whole. */
  async function tried(): Promise<Pick<PreparedOutputs, 'problems' | 'losses'>> {
    const fit = new FitTally(mostListed);
    let number = 0;
    progress?.begin(bytes);
    for (const set of sets) {
      const report = new LossReport();
      const writer = begin(set, report);
      const held = new Map<string, { readonly number: number; readonly document: AnnotatedText }>();
      for await (const document of documentsOf(set)) {
        if (writer.end) held.set(document.name, { number, document }); // as the writer does
        writer.add(document);
        fit.add(number++, document, report.take());
      }
      writer.end?.();
      const left = report.take();
      for (const problem of left.problems) {
        const one = held.get(problem.document);
        if (one) fit.add(one.number, one.document, { problems: [problem], losses: [] });
      }
      fit.lose(left.losses);
    }
    progress?.end();
    return { problems: fit.problems(named.flatMap(({ names }) => names)), losses: fit.losses };
  }

  async function* parts(): AsyncGenerator<OutputPart> {
    progress?.begin(bytes);
    for (const [k, set] of (await withoutOverwriting(sets, outputs)).entries()) {
      const writer = begin(set, new LossReport());
      for await (const document of documentsOf(set))
        for (const { name, content } of writer.add(document))
          yield { place: places[k].get(name) ?? name, content };
      for (const { name, content } of writer.end?.() ?? [])
        yield { place: places[k].get(name) ?? name, content };
    }
    progress?.end();
  }
  return {
    ...{ problems, losses, outputs: inOrder(outputs) },
    conflicts: () => conflictsOf({ places: outputs, parts }),
    write: (how) => writeOutputs({ places: outputs, parts }, folder, how),
  };
}

/** True where the first reading told what the documents of a set lose. */
function wasTried({ inputs, keepsForm }: OutputSet): boolean {
  const surveys = inputs.map(({ input }) => input.survey);
  return surveys.every(
    ({ fit, forms }) => fit && (keepsForm || [...forms].every((form) => form === undefined)),
  );
}

function outputSet(stem: string, inputs: readonly NamedInput[]): OutputSet {
  const forms = inputs.flatMap(({ input }) => [...input.survey.forms]);
  const count = inputs.reduce((sum, { names }) => sum + names.length, 0);
  return { stem, inputs, count, keepsForm: haveOneForm(forms) };
}

async function* documentsOf({ inputs }: OutputSet): AsyncGenerator<AnnotatedText> {
  for (const input of inputs) yield* namedDocuments(input);
}

/** Where each file of each set goes. Two inputs of one name in different folders give two files. */
function placesOf(
  sets: readonly OutputSet[],
  begin: (set: OutputSet) => DocumentWriter,
  folder: string | undefined,
  out: string | undefined,
): Map<string, string>[] {
  const files = sets.map((set) => begin(set).fileNames(set.inputs.flatMap(({ names }) => names)));
  const all = files.flat();
  if (folder === undefined) {
    if (all.length !== 1)
      throw new InputError(
        `This makes ${all.length} files.`,
        {},
        'Name a folder with --out, ending in a slash where it is new.',
      );
    return [new Map([[all[0], out ?? '-']])];
  }
  const free = distinctFiles(all);
  let next = 0;
  return files.map((names) => new Map(names.map((name) => [name, path.join(folder, free[next++])])));
}

/** Different names for files, those of each extension among themselves. */
function distinctFiles(files: readonly string[]): string[] {
  const free = [...files];
  for (const extension of new Set(files.map((name) => path.extname(name)))) {
    const own = [...files.keys()].filter((k) => path.extname(files[k]) === extension);
    const names = distinctNames(own.map((k) => files[k].slice(0, files[k].length - extension.length)));
    for (const [k, place] of own.entries()) free[place] = names[k] + extension;
  }
  return free;
}

/** Those of one extension after the other. */
function inOrder(places: readonly string[]): string[] {
  const extensions = [...new Set(places.map((place) => path.extname(place)))];
  return extensions.flatMap((extension) => places.filter((place) => path.extname(place) === extension));
}
