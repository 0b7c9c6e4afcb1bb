import type { ProjectLayer } from '../../server/protocol/labels';

/** The key of each label in annotation mode: its own, else the first digit that is free. */
export function labelKeys({ labels }: Pick<ProjectLayer, 'labels'>): ReadonlyMap<string, string> {
  const own = new Set(labels.map(({ key }) => key));
  const digits = [...'123456789'].filter((digit) => !own.has(digit));
  const keys = new Map<string, string>();
  for (const { name, key = digits.shift() } of labels) if (key !== undefined) keys.set(name, key);
  return keys;
}

/** The label that a key gives; upper case is as good as lower where only one of them is taken. */
export function labelOfKey(layer: Pick<ProjectLayer, 'labels'>, pressed: string): string | undefined {
  const keys = [...labelKeys(layer)];
  const exact = keys.find(([, key]) => key === pressed);
  const similar = keys.find(([, key]) => key.toLowerCase() === pressed.toLowerCase());
  return (exact ?? similar)?.[0];
}
