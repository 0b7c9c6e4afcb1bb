import { type AnnotatedText, type TextLabel, defaultLayer } from './annotatedText';
import type { WriteOptions, Written } from './format';
import type { JsonObject } from './jsonText';
import { type Counting, type Offsets, offsetsOf } from './offsets';
import { prepareLabels } from './prepare';
import { isRegion, labelControl } from './labelStudioRegions';
import { type LabelStudioTask, ownerOf } from './labelStudioTask';
import { LossReport } from './lossReport';
import { isUnchanged } from './sourceRecord';

/**
 * Documents as tasks of Label Studio, to import into a project. Its users are numbers of one installation, so the
 * annotators of new labels stand in the `meta` of their regions. A task that was read from Label Studio and did not
 * change is kept as it was.
 */
export function writeLabelStudio(
  documents: readonly AnnotatedText[],
  stem: string,
  options: WriteOptions = {},
): Written {
  const report = new LossReport();
  const tasks = documents.map((document): unknown => {
    const isOwn = document.source?.format === 'label-studio';
    const kept = isOwn && !options.unit ? document.source?.counting : undefined;
    const counting = kept ?? { unit: options.unit ?? 'codepoints' };
    const wholeCharacters = counting.unit === 'codepoints';
    const holds = { layers: true, notes: true, confidence: true, annotators: true, wholeCharacters } as const;
    const labels = prepareLabels(document, { format: 'label-studio', ...holds }, options, report);
    if (isUnchanged(document, labels, 'label-studio') && !options.unit)
      return JSON.parse(document.source.raw);
    const { completions, ...before }: LabelStudioTask = isOwn
      ? (JSON.parse(document.source?.raw ?? '{}') as LabelStudioTask)
      : { data: { text: document.text } };
    const old = [...(before.annotations ?? []), ...(completions ?? [])];
    return {
      ...before,
      annotations: annotationsOf(document, old.length ? old : [{ result: [] }], labels, counting),
    };
  });
  const { problems, losses } = report;
  const content = `${JSON.stringify(tasks, null, 2)}\n`;
  return { files: problems.length ? [] : [{ name: `${stem}.json`, content }], problems, losses };
}

/** Each annotator's labels in the annotation of that annotator; the others in the first. */
function annotationsOf(
  { text }: AnnotatedText,
  old: NonNullable<LabelStudioTask['annotations']>,
  labels: readonly TextLabel[],
  counting: Counting,
): JsonObject[] {
  const offsets = offsetsOf(text, counting);
  const owners = old.map(ownerOf);
  const firstOf = new Map(owners.map((annotator, owner) => [annotator, owner] as const).reverse());
  const given = new Map<number, TextLabel[]>();
  for (const label of labels) {
    const owner = firstOf.get(label.annotator) ?? 0;
    const own = given.get(owner);
    if (own === undefined) given.set(owner, [label]);
    else own.push(label);
  }
  return old.map((item, owner) => {
    if (item.was_cancelled) return item;
    const read = new Map(
      item.result
        .filter(isRegion)
        .map((one) => [String(one.id), one] as const)
        .reverse(),
    );
    const regions = new Map<string, JsonObject>();
    for (const label of given.get(owner) ?? []) {
      const id = label.id ?? `g${owner}-${regions.size}`;
      const known = regions.get(id) ?? read.get(id);
      const isSecond = regions.has(id); // one region of several labels
      regions.set(id, regionOf(label, id, { known, isSecond, owner: owners[owner] }, text, offsets));
    }
    const kept = item.result.flatMap((one): JsonObject[] => {
      if (!isRegion(one)) return [one];
      const region = regions.get(String(one.id));
      regions.delete(String(one.id));
      return region ? [region] : [];
    });
    return { ...item, result: [...kept, ...regions.values()] };
  });
}

/** A label as a region; fields of the region that was read are kept. */
function regionOf(
  { layer, label, start, end, note, confidence, annotator }: TextLabel,
  id: string,
  { known, isSecond, owner }: RegionBefore,
  text: string,
  offsets: Offsets,
): JsonObject {
  const before = (known?.value ?? {}) as { labels?: string[] };
  const { annotator: _, ...oldMeta } = (known?.meta ?? {}) as JsonObject;
  const meta = {
    ...oldMeta,
    ...(note !== undefined && { text: [note] }),
    ...(annotator !== undefined && annotator !== owner && { annotator }),
  };
  return {
    ...(known ?? {
      id,
      from_name: layer === defaultLayer ? labelControl : layer,
      to_name: 'text',
      type: 'labels',
    }),
    value: {
      ...before,
      start: offsets.fromUtf16(start),
      end: offsets.fromUtf16(end),
      text: text.slice(start, end),
      labels: [...(isSecond ? (before.labels ?? []) : []), label],
    },
    ...(confidence !== undefined && { score: confidence }),
    ...((Object.keys(meta).length > 0 || known?.meta !== undefined) && { meta }),
  };
}

/** What there was of a region. */
interface RegionBefore {
  readonly known: JsonObject | undefined;
  /** True where the region has another label already. */
  readonly isSecond: boolean;
  /** Whose annotation it stands in. */
  readonly owner: string | undefined;
}
