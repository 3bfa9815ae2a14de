import { type JsonObject, type Result, err, ok } from '#kernel';
import { type ScimError, scimError } from '../errors/scim-error.js';
import type { Filter, ResolvedValueFilter } from '../filter/filter.js';
import { matchesValueFilter } from '../filter/matches-filter.js';
import { parsePatchPath } from '../filter/parse-patch-path.js';
import { resolveValueFilter } from '../filter/resolve-filter.js';
import { readAttributeValue } from '../representation/attribute-value.js';
import type { ResolvedAttribute } from '../schema/attribute-path.js';
import type { AttributeDefinition, ResourceTypeName, SchemaDefinition } from '../schema/schema-definition.js';
import type { SchemaRegistry } from '../schema/schema-registry.js';
import { subAttributeNamed } from '../schema/sub-attribute.js';

/** Which values of a complex attribute a path means. */
export interface ValueSelection {
  readonly filter: ResolvedValueFilter;
  /** What a value is made of that the filter describes completely; undefined where it describes none. */
  readonly described: JsonObject | undefined;
}

/** What the path of an operation means for a resource type. */
export type PatchTarget =
  | { readonly kind: 'schema'; readonly schema: SchemaDefinition }
  | {
      readonly kind: 'attribute';
      readonly target: ResolvedAttribute;
      readonly selection: ValueSelection | undefined;
    };

/** Where a path stands in a request, for error details. */
export interface PathOrigin {
  readonly index: number;
  readonly path: string;
}

/**
 * Finds what a path means: an attribute, or with a URN alone all attributes of that schema.
 *
 * @returns undefined for a well-formed path to an attribute or sub-attribute that the schemas do not have. Such a change
 *   is left out, in both of Entra's dialects alike: a mapping to something unknown must not hold up the operations
 *   beside it, which may be the one that disables the user. A path that is no path is `invalidPath`, a filter in it that
 *   makes no sense `invalidFilter`: there a value of a known attribute would be lost.
 */
export function resolvePatchTarget(
  registry: SchemaRegistry,
  type: ResourceTypeName,
  { index, path: text }: PathOrigin,
): Result<PatchTarget | undefined, ScimError> {
  const qualified = registry.splitQualifiedName(type, text);
  if (qualified?.rest === '') return ok({ kind: 'schema', schema: qualified.schema });
  const parsed = parsePatchPath(text);
  if (!parsed.ok) return err(scimError('invalidPath', { index, path: text, reason: parsed.error }));
  const { path, filter } = parsed.value;
  const target = registry.resolve(type, path);
  if (!target) return ok(undefined);
  if (!filter) return ok({ kind: 'attribute', target, selection: undefined });
  if (target.attribute.type !== 'complex') {
    const reason = `${target.attribute.name} has no sub-attributes to filter by`;
    return err(scimError('invalidPath', { index, path: text, reason }));
  }
  const resolved = resolveValueFilter(registry, type, path, filter);
  if (!resolved.ok) return resolved;
  const described = describedValue(target.attribute, filter, resolved.value);
  return ok({ kind: 'attribute', target, selection: { filter: resolved.value, described } });
}

function describedValue(
  attribute: AttributeDefinition,
  filter: Filter,
  resolved: ResolvedValueFilter,
): JsonObject | undefined {
  const value: JsonObject = {};
  return collectEqualities(attribute, filter, value) && matchesValueFilter(resolved, value) ? value : undefined;
}

/** @returns whether `filter` is a conjunction of equalities with values that may be written. */
function collectEqualities(attribute: AttributeDefinition, filter: Filter, into: JsonObject): boolean {
  if (filter.kind === 'and') {
    return collectEqualities(attribute, filter.left, into) && collectEqualities(attribute, filter.right, into);
  }
  if (filter.kind !== 'compare' || filter.operator !== 'eq') return false;
  const sub = subAttributeNamed(attribute, filter.path.attribute);
  if (!sub || sub.mutability === 'readOnly') return false;
  // The literal as written, not its comparable form: what is created keeps its spelling.
  const literal = typeof filter.literal === 'number' && sub.type === 'string' ? `${filter.literal}` : filter.literal;
  const read = readAttributeValue(sub, literal, sub.name);
  if (!read.ok || read.value === undefined) return false;
  into[sub.name] = read.value;
  return true;
}
