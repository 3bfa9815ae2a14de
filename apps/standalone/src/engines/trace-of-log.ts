import { existsSync } from 'node:fs';
import type { DataFiles } from './data-files.js';

/**
 * What says that the folder had a log: a start makes the log before anything else, and has it on disk before there is an
 * installation file, which is there before a view is. Where the log is gone, an empty one in its place would make every
 * user look deleted and every name free.
 *
 * @returns undefined where nothing does, as at a first start, also after one that was cut short in the making of the log.
 */
export function traceOfLog({ installation, view, membershipEnd, relay }: DataFiles): string | undefined {
  return [installation, view, membershipEnd, relay].find((path) => existsSync(path));
}
