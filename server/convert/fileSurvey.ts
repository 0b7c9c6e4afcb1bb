import type { InputError } from '../../models/errors';
import type { FileColumn } from '../../models/formats/columnLayout';
import type { UnnamedDocument } from '../../models/formats/format';
import type { OffsetUnit } from '../../models/formats/offsets';
import { LayerTally } from './layerPlans';
import { ownText } from './ownText';

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

  add({ id, document }: UnnamedDocument, form: string | undefined): void {
    const { text, source, faults = [], remarks = [] } = document;
    if (this.ids.length === 0) this.columns = (source?.layout?.columns ?? []).map(ownColumn);
    this.ids.push(id === undefined ? undefined : ownText(id));
    this.tally.add(document);
    this.faults.push(...faults);
    this.remarks.push(...remarks);
    this.forms.add(form);
    this.provedUnit ??= source?.counting?.unit;
    this.hasPairs ||= /[\ud800-\udbff]/.test(text);
  }
}

const ownColumn = (column: FileColumn): FileColumn => ({
  ...column,
  samples: column.samples.map(ownText),
});
