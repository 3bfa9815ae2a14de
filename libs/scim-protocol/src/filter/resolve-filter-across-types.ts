import type { Result } from '#kernel';
import type { ScimError } from '../errors/scim-error.js';
import type { AttributePath } from '../schema/attribute-path.js';
import type { ResourceTypeName } from '../schema/schema-definition.js';
import type { SchemaRegistry } from '../schema/schema-registry.js';
import type { Filter, ResolvedFilter } from './filter.js';
import { resolveFilter } from './resolve-filter.js';

const always: Filter = { kind: 'present', path: { attribute: 'id' } };
const never: Filter = { kind: 'not', filter: always };

/**
 * Finds out what a filter means for one resource type in a search over all of them: an attribute that only other types
 * have is one without a value (RFC 7644 section 3.4.2.1). One that no type has is refused, as by `resolveFilter`.
 */
export function resolveFilterAcrossTypes(
  registry: SchemaRegistry,
  type: ResourceTypeName,
  filter: Filter,
): Result<ResolvedFilter, ScimError> {
  const isElsewhere = (path: AttributePath) =>
    !registry.resolve(type, path) && registry.resourceTypes.some(({ name }) => registry.resolve(name, path));
  return resolveFilter(registry, type, withoutForeignAttributes(filter, isElsewhere));
}

function withoutForeignAttributes(filter: Filter, isForeign: (path: AttributePath) => boolean): Filter {
  switch (filter.kind) {
    case 'and':
    case 'or': {
      const left = withoutForeignAttributes(filter.left, isForeign);
      return { kind: filter.kind, left, right: withoutForeignAttributes(filter.right, isForeign) };
    }
    case 'not':
      return { kind: 'not', filter: withoutForeignAttributes(filter.filter, isForeign) };
    case 'present':
    case 'values':
      return isForeign(filter.path) ? never : filter;
    case 'compare':
      return isForeign(filter.path) ? comparedWithNothing(filter) : filter;
  }
}

/** Where there is no value, `eq` holds with null and `ne` with everything else. */
function comparedWithNothing({ operator, literal }: Extract<Filter, { kind: 'compare' }>): Filter {
  return operator === (literal === null ? 'eq' : 'ne') ? always : never;
}
