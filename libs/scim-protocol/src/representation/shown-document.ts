import { type JsonObject, type JsonValue, isJsonObject } from '#kernel';
import type { ResourceDocument } from '../schema/resource-document.js';
import type { AttributeDefinition, ResourceTypeName } from '../schema/schema-definition.js';
import type { SchemaRegistry } from '../schema/schema-registry.js';
import { membershipAttributes } from '../schema/membership-attributes.js';

/**
 * What a document shows: its attributes in the order of their schemas, without those that are never returned and without
 * memberships.
 */
export function shownDocument(
  registry: SchemaRegistry,
  type: ResourceTypeName,
  document: ResourceDocument,
): ResourceDocument {
  const order = displayOrder(registry, type);
  // Documents are read in this order, so that most need not be built again to be shown.
  return isInOrder(document, order) ? document : inOrder(document, order);
}

/** The names that are shown of an object, in order, and the order within each that has parts. */
type DisplayOrder = ReadonlyMap<string, { readonly rank: number; readonly parts: DisplayOrder | undefined }>;

const orders = new WeakMap<SchemaRegistry, Record<ResourceTypeName, DisplayOrder>>();

function displayOrder(registry: SchemaRegistry, type: ResourceTypeName): DisplayOrder {
  let known = orders.get(registry);
  if (known === undefined) {
    known = { User: orderOf(registry, 'User'), Group: orderOf(registry, 'Group') };
    orders.set(registry, known);
  }
  return known[type];
}

function orderOf(registry: SchemaRegistry, type: ResourceTypeName): DisplayOrder {
  const { schema, extensions } = registry.resourceType(type);
  const core = schema.attributes.filter(({ name }) => name !== membershipAttributes[type]);
  return ranked([
    ...shown(core),
    ...extensions.map((extension) => [extension.schema.id, ranked(shown(extension.schema.attributes))] as const),
  ]);
}

function shown(attributes: readonly AttributeDefinition[]): (readonly [string, DisplayOrder | undefined])[] {
  return attributes
    .filter(({ returned }) => returned !== 'never')
    .map(({ name, subAttributes }) => [name, subAttributes && ranked(shown(subAttributes))]);
}

function ranked(names: readonly (readonly [string, DisplayOrder | undefined])[]): DisplayOrder {
  return new Map(names.map(([name, parts], rank) => [name, { rank, parts }]));
}

function isInOrder(value: JsonValue, order: DisplayOrder): boolean {
  if (Array.isArray(value)) return value.every((item) => isInOrder(item, order));
  if (!isJsonObject(value)) return true;
  let last = -1;
  for (const name of Object.keys(value)) {
    const place = order.get(name);
    if (place === undefined || place.rank < last) return false;
    if (place.parts !== undefined && !isInOrder(value[name] as JsonValue, place.parts)) return false;
    last = place.rank;
  }
  return true;
}

function inOrder<Value extends JsonValue>(value: Value, order: DisplayOrder): Value;
function inOrder(value: JsonValue, order: DisplayOrder): JsonValue {
  if (Array.isArray(value)) return value.map((item) => inOrder(item, order));
  if (!isJsonObject(value)) return value;
  const ordered: JsonObject = {};
  for (const [name, { parts }] of order) {
    const part = value[name];
    if (part === undefined) continue;
    const shownPart = parts === undefined ? part : inOrder(part, parts);
    if (!isEmptyObject(shownPart)) ordered[name] = shownPart;
  }
  return ordered;
}

/** What is left of an object all of whose parts are never returned. */
function isEmptyObject(value: JsonValue): boolean {
  return isJsonObject(value) && Object.keys(value).length === 0;
}
