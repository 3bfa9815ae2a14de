import {
  type AttributeDefinition,
  type ResolvedAttribute,
  type ResourceTypeName,
  membershipAttributes,
} from '#scim-protocol';
import { keyColumn } from '../search/lookup-keys.js';
import type { Dialect, ScalarKind } from '../sql/dialect.js';
import { literal, type SqlText, sql } from '../sql/sql-text.js';
import { locateMemberships } from './locate-memberships.js';
import type { ValueScope, ValueSource } from './value-source.js';

/** Where the view keeps the values of an attribute of the resource row `r`. */
export function locateValues(dialect: Dialect, type: ResourceTypeName, target: ResolvedAttribute): ValueSource {
  const { schema, extension, attribute } = target;
  if (schema === undefined && attribute.name === 'id') return single(() => sql`r.id`);
  if (schema === undefined && attribute.name === 'meta') return single((part) => metaPart(dialect, type, part));
  if (extension === undefined && attribute.name === membershipAttributes[type]) return locateMemberships(dialect, type);
  const column = keyColumn(target);
  if (column !== undefined) return single(() => literal(`r.${column}`));

  const search = sql`r.search`;
  const path = extension === undefined ? [attribute.name] : [extension, attribute.name];
  if (attribute.multiValued) return locateItems(dialect, path, attribute);
  const scope: ValueScope = {
    part: (part) => dialect.jsonScalar(search, part ? [...path, part.name] : path, scalarKind(part ?? attribute)),
  };
  return { kind: 'single', scope, exists: dialect.jsonExists(search, path) };
}

function locateItems(dialect: Dialect, path: readonly string[], attribute: AttributeDefinition): ValueSource {
  const { from, item, ordinal } = dialect.jsonItems(sql`r.search`, path, 'v');
  const scope: ValueScope = {
    part: (part) => dialect.jsonScalar(item, part ? [part.name] : [], scalarKind(part ?? attribute)),
  };
  const primary = attribute.subAttributes?.find(({ name }) => name === 'primary');
  const isPrimary = primary && scope.part(primary);
  const order = isPrimary
    ? sql`CASE WHEN ${isPrimary} = ${dialect.booleanLiteral(true)} THEN 0 ELSE 1 END, ${ordinal}`
    : ordinal;
  return { kind: 'list', scope, from, where: sql`TRUE`, order };
}

/** RFC 7643 section 3.1. `location` depends on the address the request came to, which the view does not know. */
function metaPart(
  dialect: Dialect,
  type: ResourceTypeName,
  part: AttributeDefinition | undefined,
): SqlText | undefined {
  if (part?.name === 'resourceType') return dialect.text(sql`CAST(${type} AS TEXT)`);
  if (part?.name === 'created') return sql`r.created`;
  if (part?.name === 'lastModified') return sql`r.last_modified`;
  return part?.name === 'version' ? dialect.text(sql`('W/"' || r.revision || '"')`) : undefined;
}

function single(part: ValueScope['part']): ValueSource {
  return { kind: 'single', scope: { part }, exists: sql`TRUE` };
}

/** As what the values of a simple attribute are read, and so compared. */
export function scalarKind({ type }: AttributeDefinition): ScalarKind {
  if (type === 'boolean') return 'boolean';
  return type === 'integer' || type === 'decimal' ? 'number' : 'text';
}
