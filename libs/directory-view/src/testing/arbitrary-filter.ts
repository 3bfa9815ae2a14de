import fc from 'fast-check';
import {
  type AttributeDefinition,
  type AttributePath,
  type ComparisonOperator,
  type Filter,
  type FilterLiteral,
  type ResolvedFilter,
  type ResourceTypeName,
  commonAttributes,
  resolveFilter,
} from '#scim-protocol';
import { awkwardTexts, oftenFrequent, sampleRegistry } from './arbitrary-document.js';

const operator = fc.constantFrom<ComparisonOperator>('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le');

const literal: fc.Arbitrary<FilterLiteral> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...awkwardTexts) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('user-1', 'user-2', 'group-1', 'group-2', 'stranger-1', 'direct', 'User', 'W/"1"'),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '2024-01-01T00:00:00Z',
      '2024-01-01T00:00:00.010Z',
      '2024-01-01T00:00:00.025Z',
      '2025-06-30T00:00:00Z',
    ),
  },
  { weight: 2, arbitrary: fc.constantFrom(true, false, 'True', null) },
  { weight: 1, arbitrary: fc.constantFrom(0, 1, -1.5) },
);

interface Named {
  readonly definition: AttributeDefinition;
  readonly path: AttributePath;
}

function nameOf(type: ResourceTypeName): fc.Arbitrary<Named> {
  const ofSchemas = sampleRegistry.attributesOf(type).map(({ attribute, extension }) => {
    const path = { attribute: attribute.name, ...(extension !== undefined && { schema: extension }) };
    return { definition: attribute, path };
  });
  const common = commonAttributes.map((definition) => ({ definition, path: { attribute: definition.name } }));
  return oftenFrequent<Named>([...ofSchemas, ...common], ({ definition }) => definition.name);
}

function arbitraryLeaf(name: fc.Arbitrary<Named>): fc.Arbitrary<Filter> {
  return name.chain(({ definition, path }) => {
    const parts = definition.subAttributes ?? [];
    const anyPath =
      parts.length === 0
        ? fc.constant(path)
        : fc.constantFrom(path, ...parts.map(({ name }) => ({ ...path, subAttribute: name })));
    const plain = fc.oneof(
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('present' as const), path: anyPath }) },
      { weight: 4, arbitrary: fc.record({ kind: fc.constant('compare' as const), path: anyPath, operator, literal }) },
    );
    if (parts.length === 0) return plain;
    const within = parts.map((part) => ({ definition: part, path: { attribute: part.name } }));
    const values = arbitraryTree(arbitraryLeaf(fc.constantFrom(...within)), 2).map((filter): Filter => ({
      kind: 'values',
      path,
      filter,
    }));
    return fc.oneof(plain, values);
  });
}

function arbitraryTree(leaf: fc.Arbitrary<Filter>, depth: number): fc.Arbitrary<Filter> {
  if (depth === 0) return leaf;
  const inner = arbitraryTree(leaf, depth - 1);
  return fc.oneof(
    { weight: 3, arbitrary: leaf },
    { weight: 1, arbitrary: inner.map((filter): Filter => ({ kind: 'not', filter })) },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constantFrom('and' as const, 'or' as const), left: inner, right: inner }),
    },
  );
}

/** Filters over every attribute a type has, that make sense for it. */
export function arbitraryFilter(type: ResourceTypeName): fc.Arbitrary<ResolvedFilter> {
  return arbitraryTree(arbitraryLeaf(nameOf(type)), 3)
    .map((filter) => resolveFilter(sampleRegistry, type, filter))
    .filter((resolved) => resolved.ok)
    .map((resolved) => resolved.value);
}
