import { type JsonObject, type JsonValue, type Result, err, isJsonObject, ok } from '#kernel';
import { type ScimError, scimError } from '../errors/scim-error.js';
import { leadsToReadOnly } from '../schema/attribute-path.js';
import type { ResourceTypeName } from '../schema/schema-definition.js';
import type { SchemaRegistry } from '../schema/schema-registry.js';
import type { AttributeChange } from './change-attribute.js';
import type { PatchOperation } from './patch-request.js';
import { type PathOrigin, resolvePatchTarget } from './patch-target.js';

/**
 * The changes that an operation without a path asks for: every key of its value is a path of its own, which may be
 * `name.givenName`, `emails[type eq "work"].value`, begin with a URN, or be a URN whose value is an object of further
 * keys. Keys that name nothing the client may write are left out, whether or not they could be a path.
 */
export function* pathlessChanges(
  registry: SchemaRegistry,
  type: ResourceTypeName,
  index: number,
  op: PatchOperation['op'],
  value: JsonObject,
): Generator<Result<AttributeChange, ScimError>> {
  for (const [key, item] of Object.entries(value)) {
    const schema = registry.schemaOf(type, key);
    if (!schema) {
      yield* changeAt(registry, type, { index, path: key }, op, item);
    } else if (isJsonObject(item)) {
      for (const [name, part] of Object.entries(item)) {
        yield* changeAt(registry, type, { index, path: `${schema.id}:${name}` }, op, part);
      }
    } else if (item === null || item === '') {
      for (const { name } of schema === registry.resourceType(type).schema ? [] : schema.attributes) {
        yield* changeAt(registry, type, { index, path: `${schema.id}:${name}` }, op, null);
      }
    } else {
      yield err(scimError('operationValue', { index, reason: `${schema.id} must be an object.` }));
    }
  }
}

function* changeAt(
  registry: SchemaRegistry,
  type: ResourceTypeName,
  origin: PathOrigin,
  op: PatchOperation['op'],
  value: JsonValue,
): Generator<Result<AttributeChange, ScimError>> {
  const found = resolvePatchTarget(registry, type, origin);
  if (!found.ok) {
    // Without a bracket it is the name of nothing; with one it was meant as a path, and its value would be lost.
    if (origin.path.includes('[')) yield found;
    return;
  }
  if (found.value?.kind !== 'attribute') return;
  const { target, selection } = found.value;
  if (!leadsToReadOnly(target)) yield ok({ op, target, selection, value, origin });
}
