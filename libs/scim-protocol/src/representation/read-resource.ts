import { type JsonObject, type JsonValue, type Result, err, isJsonObject, ok } from '#kernel';
import { type ScimError, scimError } from '../errors/scim-error.js';
import { type ResolvedAttribute, printTarget } from '../schema/attribute-path.js';
import type { ResourceDocument } from '../schema/resource-document.js';
import type { ResourceTypeName, SchemaDefinition } from '../schema/schema-definition.js';
import type { SchemaRegistry } from '../schema/schema-registry.js';
import { missingAttribute } from './missing-attribute.js';
import { readAttributeValue } from './attribute-value.js';
import { wrongType } from './simple-value.js';

type Given = Map<ResolvedAttribute, JsonValue | undefined>;

/**
 * Reads the body of a POST or PUT (RFC 7644 sections 3.3 and 3.5.1) into canonical form.
 *
 * Tolerant of what clients really send: names in any case (of two that differ only in case the last counts), unknown and
 * read-only attributes, `schemas` that is missing, incomplete or lists unknown URNs, extension attributes beside the core
 * ones. A value under its schema's URN counts more than one without.
 */
export function readResource(
  registry: SchemaRegistry,
  type: ResourceTypeName,
  body: unknown,
): Result<ResourceDocument, ScimError> {
  if (!isJsonObject(body)) return err(scimError('bodyNotObject'));
  const given = collectAttributes(registry, type, body);
  if (!given.ok) return given;

  const document: JsonObject = {};
  for (const target of registry.attributesOf(type)) {
    const { attribute, extension } = target;
    const read = readAttributeValue(attribute, given.value.get(target), printTarget(target));
    if (!read.ok) return read;
    if (read.value === undefined) continue;
    const holder = extension === undefined ? document : ((document[extension] ??= {}) as JsonObject);
    holder[attribute.name] = read.value;
  }
  const missing = missingAttribute(registry, type, document);
  return missing === undefined ? ok(document) : err(scimError('requiredMissing', { path: missing }));
}

function collectAttributes(
  registry: SchemaRegistry,
  type: ResourceTypeName,
  body: JsonObject,
): Result<Given, ScimError> {
  const given: Given = new Map();
  const extensions: { readonly schema: SchemaDefinition; readonly attributes: JsonObject }[] = [];
  const collect = (target: ResolvedAttribute | undefined, value: JsonValue | undefined): void => {
    if (target !== undefined && target.attribute.mutability !== 'readOnly') given.set(target, value);
  };
  for (const name of Object.keys(body)) {
    const schema = registry.extension(type, name);
    const value = body[name];
    if (schema === undefined) collect(registry.resolve(type, { attribute: name }), value);
    else if (isJsonObject(value)) extensions.push({ schema, attributes: value });
    else if (value !== null && value !== '') return wrongType(schema.id, 'an object', value);
  }
  for (const { schema, attributes } of extensions) {
    for (const attribute of Object.keys(attributes)) {
      collect(registry.resolve(type, { schema: schema.id, attribute }), attributes[attribute]);
    }
  }
  return ok(given);
}
