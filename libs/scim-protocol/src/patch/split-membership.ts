import { type JsonObject, type JsonValue, type Result, err, isJsonObject, ok } from '#kernel';
import { type ScimError, scimError } from '../errors/scim-error.js';
import { conditionsIn } from '../filter/conditions-in.js';
import { mostMembers, tooManyMembers } from '../representation/value-limits.js';
import { leadsToMemberships } from '../schema/membership-attributes.js';
import type { SchemaRegistry } from '../schema/schema-registry.js';
import { atOperation } from './at-operation.js';
import type { AttributeChange } from './change-attribute.js';
import { readMembershipChange } from './membership-change.js';
import type { MembershipOperation } from './membership-operation.js';
import type { PatchOperation, PatchRequest } from './patch-request.js';
import { resolvePatchTarget } from './patch-target.js';

/** Most conditions of one request that every member of the group is held against: the work of their product. */
const mostConditions = 5;

/**
 * Takes a PATCH of a group apart: what concerns its members, in order, and the rest, for `applyPatch`. So a group's
 * members are never loaded to change one of them. Paths with mistakes stay with the rest, which reports them.
 */
export function splitMembership(
  registry: SchemaRegistry,
  request: PatchRequest,
): Result<{ attributes: PatchRequest; membership: MembershipOperation[] }, ScimError> {
  const attributes: PatchOperation[] = [];
  const membership: MembershipOperation[] = [];
  let conditions = 0;
  let named = 0;
  for (const operation of request.operations) {
    const { changes, rest } = split(registry, operation);
    if (rest) attributes.push(rest);
    for (const change of changes) {
      named += Array.isArray(change.value) ? change.value.length : 0;
      if (change.selection) named += conditionsIn(change.selection.filter);
      if (named > mostMembers) return err(tooManyMembers);
      const read = readMembershipChange(change);
      if (!read.ok) return err(atOperation(operation.index, read.error));
      if (!read.value) continue;
      membership.push(read.value);
      if (read.value.kind === 'remove-matching') conditions += conditionsIn(read.value.filter);
      if (conditions > mostConditions) return err(atOperation(operation.index, tooManyConditions));
    }
  }
  return ok({ attributes: { operations: attributes }, membership });
}

const tooManyConditions = scimError('payloadTooLarge', {
  reason: `The request holds every member against more than ${mostConditions} conditions. Name them by value eq instead`,
});

interface SplitOperation {
  readonly changes: readonly AttributeChange[];
  readonly rest?: PatchOperation;
}

function split(registry: SchemaRegistry, operation: PatchOperation): SplitOperation {
  const { path = '', value } = operation;
  const isSchema = path === '' || registry.schemaOf('Group', path) !== undefined;
  if (!isSchema) {
    const change = membershipChange(registry, operation, path, value);
    return change ? { changes: [change] } : { changes: [], rest: operation };
  }
  if (!isJsonObject(value)) return { changes: [], rest: operation };
  const changes: AttributeChange[] = [];
  const rest = withoutMembers(registry, operation, value, path === '' ? '' : `${path}:`, changes);
  return Object.keys(rest).length === 0 ? { changes } : { changes, rest: { ...operation, value: rest } };
}

/** Takes the keys that concern members out of an object, also out of one under the URN of the core schema. */
function withoutMembers(
  registry: SchemaRegistry,
  operation: PatchOperation,
  value: JsonObject,
  prefix: string,
  changes: AttributeChange[],
): JsonObject {
  const kept: [string, JsonValue][] = [];
  for (const [key, item] of Object.entries(value)) {
    const change = membershipChange(registry, operation, `${prefix}${key}`, item);
    if (change) changes.push(change);
    else if (prefix === '' && isJsonObject(item) && registry.schemaOf('Group', key)) {
      kept.push([key, withoutMembers(registry, operation, item, `${key}:`, changes)]);
    } else kept.push([key, item]);
  }
  // Object.fromEntries makes even `__proto__` a key like any other.
  return Object.fromEntries(kept);
}

function membershipChange(
  registry: SchemaRegistry,
  { index, op }: PatchOperation,
  path: string,
  value: JsonValue | undefined,
): AttributeChange | undefined {
  const origin = { index, path };
  const found = resolvePatchTarget(registry, 'Group', origin);
  if (!found.ok || found.value?.kind !== 'attribute') return undefined;
  const { target, selection } = found.value;
  return leadsToMemberships('Group', target) ? { op, target, selection, value, origin } : undefined;
}
