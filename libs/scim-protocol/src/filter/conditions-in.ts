import type { ResolvedFilter, ResolvedValueFilter } from './filter.js';

/** How many conditions a resource or a value is held against, where the filter leaves none of them out. */
export function conditionsIn(filter: ResolvedFilter | ResolvedValueFilter): number {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return conditionsIn(filter.left) + conditionsIn(filter.right);
    case 'not':
    case 'values':
      return conditionsIn(filter.filter);
    case 'present':
    case 'compare':
      return 1;
  }
}
