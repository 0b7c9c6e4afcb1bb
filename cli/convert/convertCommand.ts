import { Command, Option } from 'commander';
import { InputError } from '../../models/errors';
import { type FormatName, formatNames } from '../../models/formats/annotatedText';
import type { OffsetUnit } from '../../models/formats/offsets';
import type { Choices } from '../../models/formats/lossReport';
import { LabelStore } from '../../server/labelStore/labelStore';
import { annotationFormat } from '../../models/formats/formats';
import type { Conversion } from '../../server/convert/conversion';
import { convertTexts } from '../../server/convert/convertTexts';
import type { ImportPlan } from '../../server/convert/importPlan';
import { makeFolder } from '../../server/convert/outputPlaces';
import { projectRoot } from '../../server/convert/projectRoot';
import type { ProblemKind } from '../../server/convert/reportLines';
import { offerLines, planReport } from '../../server/convert/planReport';
import { MOST_LISTED, conversionReport } from './conversionReport';
import { NegativeAnswer } from '../terminal/runProgram';
import { megabyteProgress } from './megabyteProgress';

interface ConvertFlags {
  readonly from?: FormatName;
  readonly to: FormatName;
  readonly out?: string;
  readonly layer?: string;
  readonly columns?: string;
  readonly elements?: string;
  readonly misaligned?: NonNullable<Choices['misaligned']> | 'ask';
  readonly overlaps?: NonNullable<Choices['overlaps']> | 'ask';
  readonly discontinuous?: NonNullable<Choices['discontinuous']> | 'ask';
  readonly unit?: OffsetUnit;
  readonly lossy?: boolean;
  readonly textOnly?: boolean;
  readonly gold?: boolean;
  readonly force?: boolean;
  readonly dryRun?: boolean;
  readonly annotator: string;
}

const HELP = `
Formats: glossator is a text of a project, with its labels in .glossator/annotations beside it; brat is a .txt and
an .ann file; all others are one file. Without --from the format is told by the file's name and content, and where
several are possible you are asked to say which. Of a folder all files of known formats are read.

What the other format cannot hold is listed before anything is written. Labels that don't fit its tokens need
--misaligned, labels that overlap --overlaps, labels of several parts --discontinuous. Notes, relations, lemmas and
the like are left out only with --lossy. docs/formats.md tells what each format holds.

Examples:
  glossator convert letter.txt --to conllu
  glossator convert corpus --to doccano --out corpus.jsonl
  glossator convert export.json --to glossator --out texts
  glossator convert notes.ann --to conll2003 --misaligned out --dry-run`;

/** `glossator convert`: annotated texts from one format to another. */
export function convertCommand(): Command {
  return new Command('convert')
    .description('Convert annotated texts between formats, and report what does not fit.')
    .argument('<FILE...>', 'texts of a project, files of another format, or folders with such files')
    .addOption(new Option('--from <format>', 'what the files are').choices(formatNames))
    .addOption(new Option('--to <format>', 'what to make').choices(formatNames).makeOptionMandatory())
    .option('--out <place>', 'a file, a folder, or "-" for standard output (the default for one file)')
    .option('--layer <names>', 'layers to convert, separated by commas (default: all)')
    .option('--columns <names>', 'what the columns of a column file are, such as token,pos,_,ner')
    .option('--elements <names>', 'elements of TEI files to read as labels besides names and dates')
    .addOption(
      new Option('--misaligned <how>', 'labels with borders inside a token').choices([
        ...['out', 'in', 'split', 'skip', 'ask'],
      ]),
    )
    .addOption(
      new Option('--overlaps <which>', 'which of overlapping labels stays').choices([
        'longest',
        'shortest',
        'ask',
      ]),
    )
    .addOption(
      new Option('--discontinuous <how>', 'labels of several parts').choices([
        'cover',
        'split',
        'skip',
        'ask',
      ]),
    )
    .addOption(
      new Option('--unit <unit>', 'what offsets count, where a file differs from its format').choices([
        ...['utf16', 'codepoints'],
      ]),
    )
    .option('--lossy', 'leave out what the format has no place for')
    .option('--gold', 'all of the texts was looked at: their sentences become reviewed')
    .option('--text-only', 'take texts without labels for what they are')
    .option('--annotator <name>', 'who stands for imported labels that name nobody', 'import')
    .option('--force', 'replace files that exist')
    .option('--dry-run', 'report only, and write nothing')
    .addHelpText('after', HELP)
    .action((files: string[], flags: ConvertFlags) => convert(files, flags));
}

async function convert(files: readonly string[], flags: ConvertFlags): Promise<void> {
  const chosen = <T extends string>(value: T | 'ask' | undefined): T | undefined =>
    value === 'ask' ? undefined : value;
  const layers = flags.layer?.split(',').map((name) => name.trim());
  if (layers?.includes('')) throw new InputError('A name in --layer is empty.', {}, 'Write --layer pos,ner.');
  const conversion = await convertTexts(files, {
    from: flags.from,
    to: flags.to,
    out: flags.out,
    unit: flags.unit,
    columns: flags.columns,
    gold: flags.gold,
    mostListed: MOST_LISTED,
    progress: megabyteProgress(),
    elements: flags.elements?.split(',').map((name) => name.trim()),
    annotator: flags.annotator,
    storeFor: async (folder) => {
      await makeFolder(folder);
      return new LabelStore(projectRoot(folder, folder), { annotator: () => flags.annotator });
    },
    choices: {
      layers,
      misaligned: chosen(flags.misaligned),
      overlaps: chosen(flags.overlaps),
      discontinuous: chosen(flags.discontinuous),
    },
  });
  const { inputs, texts, skipped, problems, losses, plan } = conversion;
  const labels = plan.files.reduce((sum, file) => sum + file.labels, 0);
  for (const { error } of skipped) process.stderr.write(`${error.format()}\n`);
  for (const { survey } of inputs)
    for (const remark of survey.remarks) process.stderr.write(`${remark.format()}\n`);
  const planned = flags.dryRun ? planReport(plan) : [...newLayerLines(plan), ...offerLines(plan)];
  for (const line of planned) process.stderr.write(`${line}\n`);
  for (const line of conversionReport(problems, losses)) process.stderr.write(`${line}\n`);
  if (problems.length > 0) throw unfit(problems, flags.to);
  const content = losses.filter(({ severity }) => severity === 'content');
  if (content.length && !flags.lossy)
    throw new InputError(
      `The format ${flags.to} cannot hold everything, so nothing is written.`,
      {},
      'Add --lossy to leave out what is listed above.',
    );
  const isBare = texts > 0 && labels === 0 && !flags.textOnly && !flags.gold;
  if (isBare && flags.to === 'glossator') {
    process.stderr.write(`${withoutLabels(conversion, layers)} Nothing is written; ${TEXT_ONLY}\n`);
    throw new NegativeAnswer();
  }
  if (flags.dryRun) {
    const places = conversion.outputs.map((place) => (place === '-' ? 'standard output' : place));
    process.stderr.write(`Nothing is written. It would be ${places.join(', ')}.\n`);
    return;
  }
  await conversion.write({ force: flags.force ?? false });
  process.stderr.write(
    `${count(texts, 'text', 'texts')} with ${count(labels, 'label', 'labels')} converted to ${flags.to}.\n`,
  );
  if (isBare) process.stderr.write(`${withoutLabels(conversion, layers)} If that is right, ${TEXT_ONLY}\n`);
  // What was named and could not be read is work that remains.
  if (isBare || skipped.length > 0) throw new NegativeAnswer();
}

/** Says that labels do not fit, or that their layers are too many. */
function unfit(problems: readonly ProblemKind[], format: string): InputError {
  const misfits = problems
    .filter(({ reason }) => reason !== 'two-layers')
    .reduce((sum, kind) => sum + kind.count, 0);
  return misfits === 0
    ? new InputError(
        `${format} holds the labels of one layer, so nothing is written.`,
        {},
        'Choose the layer with --layer, as shown above.',
      )
    : new InputError(
        `${count(misfits, 'label does', 'labels do')} not fit ${format}, so nothing is written.`,
        {},
        `Choose what becomes of ${misfits === 1 ? 'it' : 'them'} with the options above.`,
      );
}

function newLayerLines({ layers }: ImportPlan): string[] {
  return layers
    .filter(({ isNew }) => isNew)
    .map(
      ({ layer, labels }) =>
        `The project gets the layer ${layer} with ${count(labels.length, 'label', 'labels')}.`,
    );
}

const TEXT_ONLY = 'add --text-only to take the text alone.';

/** Says of texts without labels what they were taken for: that may be the mistake. */
function withoutLabels({ inputs }: Conversion, layers: readonly string[] | undefined): string {
  const found = new Set(inputs.flatMap(({ survey }) => [...survey.tally.layers.keys()]));
  if (layers !== undefined && found.size > 0)
    return `No labels were found in ${layers.join(', ')}: the layers are ${[...found].join(', ')}.`;
  const [{ file, format, why }] = inputs;
  const kind = format === 'glossator' ? 'a text' : annotationFormat(format).title;
  return inputs.length === 1
    ? `${file}: No labels were found; the file was taken for ${kind}, ${why}.`
    : `No labels were found in any of ${inputs.length} files.`;
}

function count(number: number, one: string, many: string): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}
