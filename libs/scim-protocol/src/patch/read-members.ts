import { type JsonObject, type JsonValue, type Result, err, isJsonObject, ok } from '#kernel';
import { type ScimError, scimError } from '../errors/scim-error.js';
import { isUnassigned, readAttributeValue } from '../representation/attribute-value.js';
import { wrongType } from '../representation/simple-value.js';
import type { AttributeDefinition } from '../schema/schema-definition.js';
import { subAttributeNamed } from '../schema/sub-attribute.js';
import type { GroupMemberInput } from './membership-operation.js';

/**
 * Reads the members in the value of an operation: a list or a single one, objects or bare ids, with keys in any case; of
 * the keys only `value`, `type` and `display` matter. An id that stands twice counts once, with what was said last.
 *
 * @param attribute the definition of `members`
 * @returns an empty list for null, "" and the empty list; an error that names the place of a member without an id
 */
export function readMembers(
  attribute: AttributeDefinition,
  value: JsonValue,
): Result<readonly GroupMemberInput[], ScimError> {
  if (isUnassigned(value)) return ok([]);
  const members = new Map<string, GroupMemberInput>();
  for (const [place, item] of (Array.isArray(value) ? value : [value]).entries()) {
    const member = readMember(attribute, item, `${attribute.name}[${place}]`);
    if (!member.ok) return member;
    const { value: id } = member.value;
    members.set(id, members.has(id) ? { ...members.get(id), ...member.value } : member.value);
  }
  return ok([...members.values()]);
}

function readMember(
  attribute: AttributeDefinition,
  item: JsonValue,
  path: string,
): Result<GroupMemberInput, ScimError> {
  const sent = typeof item === 'string' || item === null ? { value: item } : item;
  if (!isJsonObject(sent)) return wrongType(path, 'an object or an id', sent);
  const parts: JsonObject = {};
  for (const [name, part] of Object.entries(sent)) {
    const sub = subAttributeNamed(attribute, name);
    if (!sub) continue;
    const read = readAttributeValue(sub, part, `${path}.${sub.name}`);
    if (!read.ok) return read;
    if (read.value !== undefined) parts[sub.name] = read.value;
  }
  return memberOf(parts, path);
}

/** @param value of `members`, in canonical form */
export function memberOf({ value, type, display }: JsonObject, path: string): Result<GroupMemberInput, ScimError> {
  if (typeof value !== 'string') return err(scimError('requiredMissing', { path: `${path}.value` }));
  const member: { value: string; type?: string; display?: string } = { value };
  if (typeof type === 'string') member.type = type;
  if (typeof display === 'string') member.display = display;
  return ok(member);
}
