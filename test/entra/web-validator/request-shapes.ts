import type { JsonValue } from '#kernel';

/** Values by the path they are mapped to. */
export type MappedValues = Readonly<Record<string, JsonValue>>;

/** How the validator puts many changes into the operations of one PATCH. */
export type RequestShape = (op: 'add' | 'replace', values: MappedValues) => readonly object[];

/** "Verbose": one operation for each path. */
export const verbose: RequestShape = (op, values) =>
  Object.entries(values).map(([path, value]) => ({ op, path, value }));

/** "Non-verbose": paths with a filter keep operations of their own, all others are keys of one without a path. */
export const nonVerbose: RequestShape = (op, values) => {
  const entries = Object.entries(values);
  const flat = entries.filter(([path]) => !path.includes('['));
  const filtered = entries.filter(([path]) => path.includes('['));
  return [
    ...filtered.map(([path, value]) => ({ op, path, value })),
    ...(flat.length > 0 ? [{ op, value: Object.fromEntries(flat) }] : []),
  ];
};
