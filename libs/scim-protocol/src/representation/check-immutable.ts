import { type JsonObject, type JsonValue, type Result, err, isJsonObject, jsonEquals, ok } from '#kernel';
import { type ScimError, scimError } from '../errors/scim-error.js';
import { type ResolvedAttribute, printTarget } from '../schema/attribute-path.js';
import type { ResourceDocument } from '../schema/resource-document.js';
import type { AttributeDefinition, ResourceTypeName } from '../schema/schema-definition.js';
import type { SchemaRegistry } from '../schema/schema-registry.js';
import { valueIdentity } from './value-identity.js';

type Checked = Result<undefined, ScimError>;

const unchanged: Checked = ok(undefined);

/**
 * Refuses a document in whose place immutable values stood that differ from it (RFC 7644 section 3.5.1). To leave such a
 * value out is to change it. The members of a group are no part of the documents.
 */
export function checkImmutable(
  registry: SchemaRegistry,
  type: ResourceTypeName,
  before: ResourceDocument,
  after: ResourceDocument,
): Checked {
  for (const target of registry.attributesOf(type)) {
    const present = valueAt(before, target);
    if (present === undefined) continue;
    const checked = checkImmutableValue(target, present, valueAt(after, target));
    if (!checked.ok) return checked;
  }
  return unchanged;
}

/**
 * The same for one attribute and its sub-attributes. A value with immutable parts may be taken away as a whole, in a list
 * also be exchanged for one of another `type` or `value`: only where it stays do its parts have to.
 */
export function checkImmutableValue(
  target: ResolvedAttribute,
  before: JsonValue | undefined,
  after: JsonValue | undefined,
): Checked {
  const { attribute } = target;
  if (before === undefined || before === after) return unchanged;
  if (attribute.mutability === 'immutable' && !jsonEquals(before, after)) {
    return err(scimError('immutable', { path: printTarget(target) }));
  }
  const hasImmutableParts = attribute.subAttributes?.some(({ mutability }) => mutability === 'immutable') ?? false;
  if (!hasImmutableParts) return unchanged;
  const path = printTarget({ ...target, subAttribute: undefined });
  const remaining = new Map(valuesOf(after).map((value) => [keyOf(attribute, value), value]));
  for (const value of valuesOf(before)) {
    const next = remaining.get(keyOf(attribute, value));
    const checked = next === undefined ? unchanged : checkImmutableParts(attribute, value, next, path);
    if (!checked.ok) return checked;
  }
  return unchanged;
}

/** The same for the sub-attributes of one value of a complex attribute. */
export function checkImmutableParts(
  { subAttributes = [] }: AttributeDefinition,
  before: JsonObject,
  after: JsonObject,
  path: string,
): Checked {
  const changed = subAttributes.find(({ name, mutability }) => {
    return mutability === 'immutable' && before[name] !== undefined && !jsonEquals(before[name], after[name]);
  });
  return changed === undefined ? unchanged : err(scimError('immutable', { path: `${path}.${changed.name}` }));
}

function valueAt(document: ResourceDocument, { extension, attribute }: ResolvedAttribute): JsonValue | undefined {
  const holder = extension === undefined ? document : document[extension];
  return isJsonObject(holder) ? holder[attribute.name] : undefined;
}

function valuesOf(value: JsonValue | undefined): readonly JsonObject[] {
  return (Array.isArray(value) ? value : [value]).filter(isJsonObject);
}

function keyOf(attribute: AttributeDefinition, value: JsonObject): string {
  return attribute.multiValued ? valueIdentity(attribute, value) : '';
}
