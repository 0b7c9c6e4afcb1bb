import { Command, InvalidArgumentError, Option } from 'commander';
import { InputError } from '../../models/errors';
import { checkTexts } from '../../models/lint/checkTexts';
import { type CheckedText, type Finding, type FindingCode, findingCodes } from '../../models/lint/finding';
import { readProjects } from '../../server/check/checkProject';
import { predictLabels } from '../../server/check/predictLabels';
import { Regions, sarif } from '../../server/check/sarif';
import { packageVersion } from '../../server/packageRoot';
import { openTagger } from '../tag/openTagger';
import { NegativeAnswer } from '../terminal/runProgram';
import { writeStandardOutput } from '../../server/standardStreams';

const FORMATS = ['text', 'json', 'sarif'] as const;

interface CheckFlags {
  readonly format: (typeof FORMATS)[number];
  /** False with --no-model. */
  readonly model?: string | false;
  readonly threshold: number;
  readonly only?: readonly FindingCode[];
}

const HELP = `
Checks: ${findingCodes.join(', ')}. docs/checks.md explains each.
A text that cannot be read, or that is gone, is named on standard error and skipped; the others are checked.
Exit status: 0 where nothing is found, 1 where something is, 2 where nothing can be read.

Examples:
  glossator check
  glossator check letters --no-model
  glossator check --format sarif > labels.sarif`;

/** `glossator check`: what about the labels of a project needs a person. */
export function checkCommand(): Command {
  return new Command('check')
    .description('List what about the labels of a project needs a person, for a pull request too.')
    .argument('[PATH...]', 'texts, or folders with all labelled texts in them (default: this folder)')
    .addOption(new Option('--format <format>', 'how to print').choices(FORMATS).default('text'))
    .option('--model <directory>', 'a model of your own in place of the embedded one')
    .option('--no-model', 'do not ask a model')
    .addOption(
      new Option('--threshold <probability>', 'from where a model counts as sure')
        .argParser(probability)
        .default(0.95),
    )
    .addOption(new Option('--only <codes...>', 'checks to make').choices(findingCodes))
    .addHelpText('after', HELP)
    .action((places: string[], flags: CheckFlags) => check(places.length ? places : ['.'], flags));
}

function probability(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1))
    throw new InvalidArgumentError('Write a number from 0 to 1.');
  return value;
}

async function check(places: readonly string[], flags: CheckFlags): Promise<void> {
  let projects = await readProjects(places);
  const codes = flags.only ?? findingCodes;
  if (flags.model !== false && codes.includes('model-disagrees')) {
    const { tagger } = await openTagger(flags.model);
    const asked: typeof projects = [];
    for (const { texts, ...rest } of projects) {
      const predicted: CheckedText[] = [];
      for (const text of texts)
        predicted.push({ ...text, predictions: await predictLabels(tagger, text, rest.layers) });
      asked.push({ texts: predicted, ...rest });
    }
    projects = asked;
    tagger.dispose();
  }
  const { threshold } = flags;
  const findings = projects.flatMap(({ texts, layers }) => checkTexts(texts, layers, { codes, threshold }));
  const texts = projects.flatMap((project) => project.texts);
  const skipped = projects.flatMap((project) => project.skipped);
  if (texts.length === 0 && skipped.length === 1) throw skipped[0].error;
  const problems = projects.flatMap((project) => project.problems);
  for (const error of [...skipped.map((one) => one.error), ...problems])
    process.stderr.write(`${error.format()}\n`);
  await writeStandardOutput([formatted(findings, texts, flags.format)]);
  const labels = texts.reduce((sum, text) => sum + text.labels.length, 0);
  const rest = skipped.length === 0 ? '' : `, ${count(skipped.length, 'text')} skipped`;
  process.stderr.write(
    `${count(findings.length, 'finding')} for ${count(labels, 'label')} in ${count(texts.length, 'text')}${rest}.\n`,
  );
  if (texts.length === 0 && skipped.length > 0)
    throw new InputError('None of the texts could be read.', {}, 'The lines above say why.');
  if (findings.length > 0 || problems.length > 0) throw new NegativeAnswer();
}

function formatted(
  findings: readonly Finding[],
  texts: readonly CheckedText[],
  format: CheckFlags['format'],
): string {
  const regions = new Regions(texts);
  if (format === 'sarif') return `${JSON.stringify(sarif(findings, regions, packageVersion()), null, 2)}\n`;
  const placed = findings.map((finding) => ({
    finding,
    region: regions.of(finding.document, finding.start, finding.end),
  }));
  if (format === 'json')
    return `${JSON.stringify(
      placed.map(({ finding: { document: file, ...rest }, region }) => ({ file, ...region, ...rest })),
      null,
      2,
    )}\n`;
  return placed
    .map(
      ({ finding: { document, message, code }, region: { startLine, startColumn } }) =>
        `${document}:${startLine}:${startColumn}: ${message} [${code}]\n`,
    )
    .join('');
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}
