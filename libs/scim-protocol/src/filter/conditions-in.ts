import type { ResolvedValueFilter } from './filter.js';

/** How many conditions a value is held against, where the filter leaves none of them out. */
export function conditionsIn(filter: ResolvedValueFilter): number {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return conditionsIn(filter.left) + conditionsIn(filter.right);
    case 'not':
      return conditionsIn(filter.filter);
    case 'present':
    case 'compare':
      return 1;
  }
}
