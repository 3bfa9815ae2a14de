import { type JsonObject, type JsonValue, type Result, err, isJsonObject, ok } from '#kernel';
import { type ScimError, scimError } from '../errors/scim-error.js';
import { type ResolvedAttribute, printTarget } from '../schema/attribute-path.js';
import { hasHidden } from '../schema/hidden-attribute.js';
import { parseAttributePath } from '../schema/parse-attribute-path.js';
import type { ResourceTypeName, SchemaDefinition } from '../schema/schema-definition.js';
import type { SchemaRegistry } from '../schema/schema-registry.js';
import { wrongType } from './simple-value.js';

type Given = Map<ResolvedAttribute, JsonValue | undefined>;
type Collected = Result<ResolvedAttribute | undefined, ScimError>;

/** What a body gives for each top-level attribute that a client may write, not checked yet. */
export function collectAttributes(
  registry: SchemaRegistry,
  type: ResourceTypeName,
  body: JsonObject,
): Result<Given, ScimError> {
  const given: Given = new Map();
  const parts = new Map<ResolvedAttribute, JsonObject>();
  const collect = (name: string, value: JsonValue | undefined, schema?: SchemaDefinition): Collected => {
    const found = find(registry, type, name, schema);
    if (!found.ok || found.value === undefined) return found;
    const { attribute, subAttribute } = found.value;
    if (attribute.mutability === 'readOnly') return found;
    if (subAttribute === undefined) given.set(found.value, value);
    else addPart(registry, type, parts, found.value, value ?? null);
    return found;
  };
  const schemas: { readonly schema: SchemaDefinition; readonly attributes: JsonObject }[] = [];
  for (const name of Object.keys(body)) {
    const value = body[name];
    const plain = registry.resolve(type, { attribute: name });
    if (plain !== undefined) {
      if (plain.attribute.mutability !== 'readOnly') given.set(plain, value);
      continue;
    }
    const schema = registry.schemaOf(type, name);
    if (schema === undefined) {
      const collected = collect(name, value);
      if (!collected.ok) return collected;
    } else if (isJsonObject(value)) schemas.push({ schema, attributes: value });
    else if (value !== null && value !== '') {
      return wrongType(schema.id, 'an object', value, schema.attributes.some(hasHidden));
    }
  }
  for (const { schema, attributes } of schemas) {
    for (const name of Object.keys(attributes)) {
      const collected = collect(name, attributes[name], schema);
      if (!collected.ok) return collected;
    }
  }
  for (const [target, own] of parts) {
    const whole = given.get(target) ?? {};
    if (!isJsonObject(whole)) {
      return wrongType(printTarget(target), 'an object beside its parts', whole, hasHidden(target.attribute));
    }
    given.set(target, { ...whole, ...own });
  }
  return ok(given);
}

/** What a name in a body means; undefined where it means nothing. Most are plain names and are not parsed. */
function find(registry: SchemaRegistry, type: ResourceTypeName, name: string, schema?: SchemaDefinition): Collected {
  const plain = registry.resolve(type, schema ? { schema: schema.id, attribute: name } : { attribute: name });
  if (plain !== undefined) return ok(plain);
  const bracket = name.indexOf('[');
  const path = parseAttributePath(bracket < 0 ? name : name.slice(0, bracket));
  const found = path && registry.resolve(type, schema ? { schema: schema.id, ...path } : path);
  if (bracket < 0 || found === undefined) return ok(found);
  return err(scimError('invalidSyntax', { reason: `'${name}' can be written by a PATCH only; send a list of values` }));
}

function addPart(
  registry: SchemaRegistry,
  type: ResourceTypeName,
  parts: Map<ResolvedAttribute, JsonObject>,
  { schema, attribute, subAttribute }: ResolvedAttribute,
  value: JsonValue,
): void {
  const path = { ...(schema && { schema: schema.id }), attribute: attribute.name };
  const whole = registry.resolve(type, path);
  if (whole === undefined || subAttribute === undefined) return;
  parts.set(whole, { ...parts.get(whole), [subAttribute.name]: value });
}
