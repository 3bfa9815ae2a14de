import { type JsonObject, type JsonValue, isJsonObject } from '#kernel';
import type { ResolvedAttribute } from '../schema/attribute-path.js';
import type { AttributeDefinition } from '../schema/schema-definition.js';
import { type Comparable, comparableValue } from './comparable-value.js';
import type { ComparisonOperator, FilterLiteral, ResolvedFilter, ResolvedValueFilter } from './filter.js';
import { compareText } from './text-order.js';

/**
 * Whether a resource fulfils a filter: the meaning of filters, which every other way to evaluate them has to equal. A
 * comparison holds if some value of the attribute fulfils it, so never where there is no value; `ne` has had the case
 * without a value added when it was resolved (`resolveComparison`).
 *
 * @param resource a document in canonical form, with `id` and `meta` where the filter may ask for them.
 */
export function matchesFilter(filter: ResolvedFilter, resource: JsonObject): boolean {
  switch (filter.kind) {
    case 'and':
      return matchesFilter(filter.left, resource) && matchesFilter(filter.right, resource);
    case 'or':
      return matchesFilter(filter.left, resource) || matchesFilter(filter.right, resource);
    case 'not':
      return !matchesFilter(filter.filter, resource);
    case 'present':
      return someValue(filter.target, resource, isAssigned);
    case 'compare': {
      const { target, operator, literal } = filter;
      const definition = target.subAttribute ?? target.attribute;
      return someValue(target, resource, (value) => compares(definition, operator, literal, value));
    }
    case 'values':
      return someValue(
        filter.target,
        resource,
        (value) => isJsonObject(value) && matchesValueFilter(filter.filter, value),
      );
  }
}

/** Whether one value of a complex attribute fulfils the filter within `attribute[...]`. */
export function matchesValueFilter(filter: ResolvedValueFilter, value: JsonObject): boolean {
  switch (filter.kind) {
    case 'and':
      return matchesValueFilter(filter.left, value) && matchesValueFilter(filter.right, value);
    case 'or':
      return matchesValueFilter(filter.left, value) || matchesValueFilter(filter.right, value);
    case 'not':
      return !matchesValueFilter(filter.filter, value);
    case 'present':
      return isAssigned(value[filter.subAttribute.name]);
    case 'compare': {
      const { subAttribute, operator, literal } = filter;
      const part = value[subAttribute.name];
      return part !== undefined && compares(subAttribute, operator, literal, part);
    }
  }
}

function someValue(target: ResolvedAttribute, resource: JsonObject, test: (value: JsonValue) => boolean): boolean {
  const holder = target.extension === undefined ? resource : resource[target.extension];
  const found = isJsonObject(holder) ? holder[target.attribute.name] : undefined;
  if (found === undefined) return false;
  const part = target.subAttribute?.name;
  const testPart = (value: JsonValue) => {
    if (part === undefined) return test(value);
    const inner = isJsonObject(value) ? value[part] : undefined;
    return inner !== undefined && test(inner);
  };
  return Array.isArray(found) ? found.some(testPart) : testPart(found);
}

/** RFC 7644 table 3 `pr`: neither null nor empty; a complex value has some part that is neither. */
function isAssigned(value: JsonValue | undefined): boolean {
  if (value === undefined || value === null || value === '') return false;
  if (Array.isArray(value)) return value.some(isAssigned);
  return !isJsonObject(value) || Object.values(value).some(isAssigned);
}

function compares(
  definition: AttributeDefinition,
  operator: ComparisonOperator,
  literal: FilterLiteral,
  value: JsonValue,
): boolean {
  const comparable = comparableValue(definition, value);
  if (comparable === undefined || literal === null) return false;
  switch (operator) {
    case 'eq':
      return comparable === literal;
    case 'ne':
      return comparable !== literal;
    case 'co':
      return String(comparable).includes(String(literal));
    case 'sw':
      return String(comparable).startsWith(String(literal));
    case 'ew':
      return String(comparable).endsWith(String(literal));
    case 'gt':
      return order(comparable, literal) > 0;
    case 'ge':
      return order(comparable, literal) >= 0;
    case 'lt':
      return order(comparable, literal) < 0;
    case 'le':
      return order(comparable, literal) <= 0;
  }
}

/** Both are of one type: the literal was resolved against the same definition. */
function order(left: Comparable, right: Comparable): number {
  return typeof left === 'string' && typeof right === 'string'
    ? compareText(left, right)
    : Number(left) - Number(right);
}
