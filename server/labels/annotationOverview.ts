import { sidecarOf } from '../workspace/workspacePaths';
import { SidecarFile } from '../labelStore/sidecarFile';
import { SidecarError } from '../labelStore/sidecarText';
import { TextReader } from '../workspace/textReader';
import type { SlicedSegmentation } from '../documents/slicedSegmentation';
import type { AnnotationCounts } from '../protocol/labels';
import { countLabels, type LabelCounts, reviewedSentences } from './countLabels';
import type { LabelFolder } from './labelFolder';
import { uriOfText } from './labelFolders';
import type { OpenText } from './openText';
import type { OpenLabels } from './openLabels';
import type { SidecarProblems } from './sidecarProblems';
import { linesSentence, sentenceFor } from './userSentence';

type TextCounts = AnnotationCounts['texts'][number];

interface Counted {
  readonly stamp: string;
  readonly counts: LabelCounts;
  readonly problem?: string;
}

/** Counts the labels of all texts; a file that has not changed is not read again. */
export class AnnotationOverview {
  readonly #open: OpenLabels;
  readonly #segmentation: SlicedSegmentation;
  readonly #problems: SidecarProblems;
  readonly #counted = new WeakMap<LabelFolder, Map<string, Counted>>();

  constructor(open: OpenLabels, segmentation: SlicedSegmentation, problems: SidecarProblems) {
    this.#open = open;
    this.#segmentation = segmentation;
    this.#problems = problems;
  }

  /** The texts of a folder that have labels, by name. */
  async of(folder: LabelFolder): Promise<TextCounts[]> {
    const open = this.#open.all.filter(({ place }) => place.folder === folder);
    const names = new Set(await folder.store.texts());
    for (const { place, labels } of open) if (labels.length > 0) names.add(place.name);
    const texts: TextCounts[] = [];
    for (const name of [...names].sort()) {
      const text = open.find(({ place }) => place.name === name);
      texts.push(text === undefined ? await this.#closed(folder, name) : this.#ofOpen(text));
    }
    return texts;
  }

  #ofOpen(text: OpenText): TextCounts {
    const { document, place, labels } = text;
    const problem = text.problem ?? text.linesProblem;
    this.#segmentation.finish(document);
    const sentences = reviewedSentences(document.sentences, labels).length;
    return {
      ...{ uri: document.uri, name: place.name, counts: countLabels(labels) },
      reviewed: { sentences, all: document.sentences.length },
      ...(problem === undefined ? {} : { problem }),
    };
  }

  async #closed(folder: LabelFolder, name: string): Promise<TextCounts> {
    const known = this.#counted.get(folder) ?? new Map<string, Counted>();
    this.#counted.set(folder, known);
    const file = new SidecarFile(folder.path, sidecarOf(folder.path, name));
    const stamp = await file.stamp();
    let counted = known.get(name);
    if (counted?.stamp !== stamp) {
      counted = { stamp, ...(await this.#read(file)) };
      known.set(name, counted);
    }
    const { counts } = counted;
    const problem = counted.problem ?? (await this.#goneFrom(folder, name));
    const uri = uriOfText({ folder, name });
    return { uri, name, counts, reviewed: null, ...(problem === undefined ? {} : { problem }) };
  }

  /** Why labels show nowhere: somebody moved or deleted their text. */
  async #goneFrom(folder: LabelFolder, name: string): Promise<string | undefined> {
    if (await new TextReader(folder.path).hasText(name)) return undefined;
    return 'The text is gone: it was moved or deleted. Put it back, or run “Glossator: Attach Labels of Moved Texts”.';
  }

  async #read(file: SidecarFile): Promise<Pick<Counted, 'counts' | 'problem'>> {
    try {
      const { labels, problems } = await file.read();
      this.#problems.set(file.file, problems);
      return { counts: countLabels(labels), problem: linesSentence(problems) };
    } catch (error) {
      if (!(error instanceof SidecarError)) throw error;
      this.#problems.set(file.file, [error]);
      return { counts: [], problem: sentenceFor(error) };
    }
  }
}
