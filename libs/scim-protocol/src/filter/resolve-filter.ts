import { type Result, err, ok } from '#kernel';
import { type ScimError, scimError } from '../errors/scim-error.js';
import type { AttributePath, ResolvedAttribute } from '../schema/attribute-path.js';
import { leadsToHidden } from '../schema/hidden-attribute.js';
import { printAttributePath } from '../schema/parse-attribute-path.js';
import type { AttributeDefinition, ResourceTypeName } from '../schema/schema-definition.js';
import type { SchemaRegistry } from '../schema/schema-registry.js';
import { checkConditions } from './check-conditions.js';
import type { Filter, ResolvedFilter, ResolvedValueFilter } from './filter.js';
import { resolveComparison } from './resolve-comparison.js';

type Leaf = Extract<Filter, { kind: 'present' | 'compare' | 'values' }>;

type Connected<Node> =
  | { readonly kind: 'and' | 'or'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'not'; readonly filter: Node };

/**
 * Finds out what a filter means for a resource type. A complex attribute without a sub-attribute stands for its `value`
 * (`members eq "u-1"`).
 *
 * @returns an error of type `invalidFilter` that names the attribute where there is none of that name, where it is never
 *   returned (a filter would give it away), or where operator or literal do not fit its type. A part of a filter is
 *   never left out: an unknown name must not become an unfiltered page. Also where there are more conditions than every
 *   resource can be held against.
 */
export function resolveFilter(
  registry: SchemaRegistry,
  type: ResourceTypeName,
  filter: Filter,
): Result<ResolvedFilter, ScimError> {
  const resolved = resolveTree<ResolvedFilter>(filter, (leaf) => {
    const target = findAttribute(registry, type, leaf.path);
    if (!target.ok) return target;
    switch (leaf.kind) {
      case 'present':
        return ok({ kind: 'present', target: stored(registry, type, target.value) });
      case 'values': {
        const inner = resolveValueFilter(registry, type, leaf.path, leaf.filter);
        return inner.ok ? ok({ kind: 'values', target: target.value, filter: inner.value }) : inner;
      }
      case 'compare': {
        const comparison = { ...leaf, name: printAttributePath(leaf.path) };
        if (isAddress(target.value) && leaf.literal !== null) {
          return err(
            scimError('unfilterable', { path: comparison.name, reason: 'it is made from the id; filter by id' }),
          );
        }
        const simple = stored(registry, type, simpleTarget(registry, type, leaf.path, target.value));
        return resolveComparison<ResolvedFilter>(
          simple.subAttribute ?? simple.attribute,
          comparison,
          { kind: 'present', target: simple },
          (operator, literal) => ({ kind: 'compare', target: simple, operator, literal }),
        );
      }
    }
  });
  return resolved.ok ? checkConditions(resolved.value) : resolved;
}

/** Does the same for the filter within `attribute[...]`, whose names are those of the attribute's sub-attributes. */
export function resolveValueFilter(
  registry: SchemaRegistry,
  type: ResourceTypeName,
  attribute: AttributePath,
  filter: Filter,
): Result<ResolvedValueFilter, ScimError> {
  return resolveTree<ResolvedValueFilter>(filter, (leaf) => {
    const name = printAttributePath(leaf.path);
    if (leaf.path.schema !== undefined || leaf.path.subAttribute !== undefined || leaf.kind === 'values') {
      return err(scimError('unfilterable', { path: name, reason: 'within brackets only sub-attributes can be named' }));
    }
    const target = findAttribute(registry, type, { ...attribute, subAttribute: leaf.path.attribute });
    if (!target.ok) return target;
    const subAttribute = target.value.subAttribute as AttributeDefinition;
    const present = { kind: 'present', subAttribute } as const;
    if (leaf.kind === 'present') return ok(present);
    return resolveComparison<ResolvedValueFilter>(subAttribute, { ...leaf, name }, present, (operator, literal) => ({
      kind: 'compare',
      subAttribute,
      operator,
      literal,
    }));
  });
}

function findAttribute(
  registry: SchemaRegistry,
  type: ResourceTypeName,
  path: AttributePath,
): Result<ResolvedAttribute, ScimError> {
  const target = registry.resolve(type, path);
  const name = printAttributePath(path);
  if (!target) return err(scimError('unfilterable', { path: name, reason: `a ${type} has no such attribute` }));
  return leadsToHidden(target)
    ? err(scimError('unfilterable', { path: name, reason: 'it is never returned' }))
    : ok(target);
}

/** `meta.location`: made from the `id` for every answer, and stored nowhere. */
function isAddress({ schema, attribute, subAttribute }: ResolvedAttribute): boolean {
  return schema === undefined && attribute.name === 'meta' && subAttribute?.name === 'location';
}

/** An attribute that has a value exactly where the given one has. */
function stored(registry: SchemaRegistry, type: ResourceTypeName, target: ResolvedAttribute): ResolvedAttribute {
  return isAddress(target) ? (registry.resolve(type, { attribute: 'id' }) ?? target) : target;
}

function simpleTarget(
  registry: SchemaRegistry,
  type: ResourceTypeName,
  path: AttributePath,
  target: ResolvedAttribute,
): ResolvedAttribute {
  if (target.attribute.type !== 'complex' || target.subAttribute) return target;
  return registry.resolve(type, { ...path, subAttribute: 'value' }) ?? target;
}

/** Resolves the leaves of a tree and keeps its connectives. Stops at the first error. */
function resolveTree<Node>(
  filter: Filter,
  resolveLeaf: (leaf: Leaf) => Result<Node | Connected<Node>, ScimError>,
): Result<Node, ScimError> {
  switch (filter.kind) {
    case 'and':
    case 'or': {
      const left = resolveTree(filter.left, resolveLeaf);
      if (!left.ok) return left;
      const right = resolveTree(filter.right, resolveLeaf);
      return right.ok ? ok({ kind: filter.kind, left: left.value, right: right.value } as Node) : right;
    }
    case 'not': {
      const inner = resolveTree(filter.filter, resolveLeaf);
      return inner.ok ? ok({ kind: 'not', filter: inner.value } as Node) : inner;
    }
    case 'present':
    case 'compare':
    case 'values':
      return resolveLeaf(filter) as Result<Node, ScimError>;
  }
}
