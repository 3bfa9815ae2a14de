import { type Result, err, ok } from '#kernel';
import { type ScimError, scimError } from '../errors/scim-error.js';
import { FilterParser } from './filter-parser.js';
import type { Filter } from './filter.js';

/** Longest filter that is read, characters. */
export const longestFilter = 16_384;

/**
 * Reads a filter (RFC 7644 section 3.4.2.2, figure 1). Operators and keywords in any case; beyond the RFC also literals
 * without quotes and a sub-attribute behind a value filter, `emails[type eq "work"].value eq "x"`, which means
 * `emails[type eq "work" and value eq "x"]`.
 *
 * @returns `invalidFilter` with the place of the mistake, counted in characters from 1.
 */
export function parseFilter(text: string): Result<Filter, ScimError> {
  if (text.length > longestFilter) {
    return err(scimError('invalidFilter', { reason: `it is longer than ${longestFilter} characters` }));
  }
  const parser = new FilterParser(text);
  const filter = parser.wholeFilter();
  return filter ? ok(filter) : err(scimError('invalidFilter', { reason: parser.problem }));
}
