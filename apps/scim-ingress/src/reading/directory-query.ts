import { err, ok, type Result, type TenantId } from '#kernel';
import { type CursorScope, decodeCursor, type DirectoryQuery } from '#directory-view';
import {
  type Filter,
  leadsToHidden,
  type ListQuery,
  parseAttributePath,
  parseFilter,
  type ResolvedAttribute,
  type ResolvedFilter,
  resolveFilter,
  resolveFilterAcrossTypes,
  type ResourceTypeName,
  type SchemaRegistry,
  type ScimError,
  scimError,
} from '#scim-protocol';

/**
 * A list query in terms of the schema: names looked up, the filter resolved, the cursor read.
 *
 * @param within all types: an attribute that only another of them has is one without a value.
 */
export function directoryQuery(
  registry: SchemaRegistry,
  tenant: TenantId,
  type: ResourceTypeName,
  query: ListQuery,
  within: 'one type' | 'all types' = 'one type',
): Result<DirectoryQuery, ScimError> {
  const resolve = within === 'all types' ? resolveFilterAcrossTypes : resolveFilter;
  const filter = resolvedFilter(query.filter, (parsed) => resolve(registry, type, parsed));
  if (!filter.ok) return filter;
  const sort = sortAttribute(
    registry,
    within === 'all types' ? registry.resourceTypes : [{ name: type }],
    type,
    query.sortBy,
  );
  if (!sort.ok) return sort;
  const page = pageOf(query, cursorScope(tenant, type, query), sort.value);
  if (!page.ok) return page;
  return ok({
    ...(filter.value && { filter: filter.value }),
    ...(sort.value && { sort: { attribute: sort.value, descending: query.sortOrder === 'descending' } }),
    page: page.value,
  });
}

/** What a cursor of this query belongs to. */
export function cursorScope(tenant: TenantId, type: string, query: ListQuery): CursorScope {
  const { filter, sortBy, sortOrder } = query;
  return { tenant, type, filter, sortBy, descending: sortOrder === 'descending' };
}

function resolvedFilter(
  text: string | undefined,
  resolve: (filter: Filter) => Result<ResolvedFilter, ScimError>,
): Result<ResolvedFilter | undefined, ScimError> {
  if (text === undefined) return ok(undefined);
  const filter = parseFilter(text);
  return filter.ok ? resolve(filter.value) : filter;
}

/** Undefined also where only another of the types that are queried together has the attribute. */
function sortAttribute(
  registry: SchemaRegistry,
  queried: readonly { readonly name: ResourceTypeName }[],
  type: ResourceTypeName,
  sortBy: string | undefined,
): Result<ResolvedAttribute | undefined, ScimError> {
  if (sortBy === undefined) return ok(undefined);
  const path = parseAttributePath(sortBy);
  // The order of a list would give away what is hidden.
  const sortable = (name: ResourceTypeName) => {
    const found = path && registry.resolve(name, path);
    return found && !leadsToHidden(found) ? found : undefined;
  };
  return queried.some(({ name }) => sortable(name))
    ? ok(sortable(type))
    : err(scimError('invalidValue', { reason: `sortBy names no attribute of a ${type}` }));
}

function pageOf(
  { page }: ListQuery,
  scope: CursorScope,
  sorted: ResolvedAttribute | undefined,
): Result<DirectoryQuery['page'], ScimError> {
  if (page.method === 'index') return ok({ kind: 'index', startIndex: page.startIndex, count: page.count });
  if (page.method === 'unstated' || page.cursor === '') return ok({ kind: 'cursor', count: page.count });
  const from = decodeCursor(scope, page.cursor, sorted);
  return from.ok ? ok({ kind: 'cursor', from: from.value, count: page.count }) : from;
}
