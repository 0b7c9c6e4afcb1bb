import { isObject } from './jsonText';
import type { OffsetUnit } from './offsets';

/**
 * The unit that a record itself names, in the field `offset_unit`. Glossator writes it where the words of the labels
 * would leave the unit open; other programs keep it as metadata.
 */
export function statedUnit(record: unknown): OffsetUnit | undefined {
  const unit = isObject(record) ? record.offset_unit : undefined;
  return unit === 'utf16' || unit === 'codepoints' ? unit : undefined;
}
