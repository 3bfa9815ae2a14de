import { type JsonObject, type Result, err, isJsonObject, ok } from '#kernel';
import { type ScimError, scimError } from '../errors/scim-error.js';
import { printTarget } from '../schema/attribute-path.js';
import type { ResourceDocument } from '../schema/resource-document.js';
import type { ResourceTypeName } from '../schema/schema-definition.js';
import type { SchemaRegistry } from '../schema/schema-registry.js';
import { readAttributeValue } from './attribute-value.js';
import { collectAttributes } from './collect-attributes.js';
import { membershipAttributes } from '../schema/membership-attributes.js';
import { missingAttribute } from './missing-attribute.js';
import { tooLarge } from './resource-size.js';
import { unnamedMember } from './unnamed-member.js';
import { mostMembers, mostValues, tooManyMembers, tooManyValues } from './value-limits.js';

/**
 * Reads the body of a POST or PUT (RFC 7644 sections 3.3 and 3.5.1) into canonical form.
 *
 * Tolerant of what clients really send: names in any case (of two that differ only in case the last counts), unknown and
 * read-only attributes, `schemas` that is missing, incomplete or lists unknown URNs, extension attributes beside the core
 * ones, the flat names of a PATCH: `name.givenName`, `<URN>:department`. A value under its schema's URN counts more than
 * one without. A name with a filter is refused, because a value of a known attribute would be lost.
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
    const value = given.value.get(target);
    if (value === undefined) continue;
    const path = printTarget(target);
    const isMembers = extension === undefined && attribute.name === membershipAttributes[type];
    if (Array.isArray(value)) {
      if (value.length > (isMembers ? mostMembers : mostValues)) {
        return err(isMembers ? tooManyMembers : tooManyValues(path));
      }
    }
    const unnamed = isMembers ? unnamedMember(value) : undefined;
    if (unnamed !== undefined) return err(scimError('requiredMissing', { path: `${path}[${unnamed}].value` }));
    const read = readAttributeValue(attribute, value, path);
    if (!read.ok) return read;
    if (read.value === undefined) continue;
    const holder = extension === undefined ? document : ((document[extension] ??= {}) as JsonObject);
    holder[attribute.name] = read.value;
  }
  const missing = missingAttribute(registry, type, document);
  if (missing !== undefined) return err(scimError('requiredMissing', { path: missing }));
  const large = tooLarge(type, document);
  return large === undefined ? ok(document) : err(large);
}
