import { type Result, err, ok } from '#kernel';
import { FilterParser } from './filter-parser.js';
import { longestFilter } from './parse-filter.js';
import type { PatchPath } from './patch-path.js';

/**
 * Reads the path of a PATCH operation (RFC 7644 section 3.5.2, figure 7): `attribute`, `attribute.sub`,
 * `attribute[filter]` or `attribute[filter].sub`, each with or without the URN of its schema.
 *
 * @returns what is wrong with it, with the place counted in characters from 1.
 */
export function parsePatchPath(text: string): Result<PatchPath, string> {
  if (text.length > longestFilter) return err(`it is longer than ${longestFilter} characters`);
  const parser = new FilterParser(text);
  const path = parser.wholePath();
  return path ? ok(path) : err(parser.problem);
}
