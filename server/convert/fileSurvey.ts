import type { InputError } from '../../models/errors';
import type { FileColumn } from '../../models/formats/columnLayout';
import type {
  AnnotationFormat,
  DocumentWriter,
  UnnamedDocument,
  WriteOptions,
} from '../../models/formats/format';
import { LossReport } from '../../models/formats/lossReport';
import type { OffsetUnit } from '../../models/formats/offsets';
import { LayerTally } from './layerPlans';
import { ownText } from './ownText';
import { FitTally } from './reportLines';

/** What is known of a file after all of its documents were looked at once; none of them is kept. */
export class FileSurvey {
  readonly ids: (string | undefined)[] = [];
  readonly tally = new LayerTally();
  readonly faults: InputError[] = [];
  readonly remarks: InputError[] = [];
  /** See `AnnotationFormat.formOf`. */
  readonly forms = new Set<string | undefined>();
  columns: readonly FileColumn[] = [];
  /** The unit of offsets, where quotes in the file prove it. */
  provedUnit: OffsetUnit | undefined;
  /** A text has characters of two code units. */
  hasPairs = false;
  /**
   * What does not fit the format that the documents go into, as far as they keep their forms; undefined where the format
   * is written as a whole.
   */
  readonly fit: FitTally | undefined;
  readonly #format: AnnotationFormat | undefined;
  readonly #report = new LossReport();
  readonly #trial: DocumentWriter | undefined;

  /** @param format that the documents go into, if it is none of a project */
  constructor(format: AnnotationFormat | undefined, options: WriteOptions, mostListed = Infinity) {
    this.#format = format;
    this.#trial = format?.begin?.({ stem: '', count: Infinity, keepsForm: true }, options, this.#report);
    this.fit = this.#trial && new FitTally(mostListed);
  }

  add({ id, document }: UnnamedDocument): void {
    const form = this.#format?.formOf?.(document);
    const { text, source, faults = [], remarks = [] } = document;
    if (this.ids.length === 0) this.columns = (source?.layout?.columns ?? []).map(ownColumn);
    this.ids.push(id === undefined ? undefined : ownText(id));
    this.tally.add(document);
    this.faults.push(...faults);
    this.remarks.push(...remarks);
    this.forms.add(form === undefined ? undefined : ownText(form));
    this.provedUnit ??= source?.counting?.unit;
    this.hasPairs ||= /[\ud800-\udbff]/.test(text);
    this.#trial?.add(document);
    this.fit?.add(this.ids.length - 1, document, this.#report.take());
  }
}

const ownColumn = (column: FileColumn): FileColumn => ({
  ...column,
  samples: column.samples.map(ownText),
});
