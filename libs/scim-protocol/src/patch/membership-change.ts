import { type Result, err, ok } from '#kernel';
import { type ScimError, scimError } from '../errors/scim-error.js';
import type { ResolvedValueFilter } from '../filter/filter.js';
import { isUnassigned } from '../representation/attribute-value.js';
import type { AttributeChange } from './change-attribute.js';
import type { MembershipOperation } from './membership-operation.js';
import { mergeComplexValue } from './merge-complex-value.js';
import type { ValueSelection } from './patch-target.js';
import { memberOf, readMembers } from './read-members.js';

type Read = Result<MembershipOperation | undefined, ScimError>;

const nothing: Read = ok(undefined);

/**
 * What an operation means for a group's members; undefined where it means nothing. All members go only where that was
 * said outright: `remove` without a value, or `replace` with an empty one. `remove` with an empty list removes nobody.
 */
export function readMembershipChange(change: AttributeChange): Read {
  const { op, target, selection, value, origin } = change;
  const part = target.subAttribute?.name ?? 'value';
  if (selection) return op === 'remove' ? removeSelected(change, part, selection) : addSelected(change, selection);
  const isUnnamed = op === 'remove' && value === undefined;
  if (part !== 'value' || (isUnnamed && target.subAttribute)) {
    const reason = 'members are added and removed; to change one, name it with members[value eq "..."]';
    return err(scimError('invalidPath', { ...origin, reason }));
  }
  if (isUnnamed) return ok({ kind: 'remove-all' });
  const members = readMembers(target.attribute, value ?? null);
  if (!members.ok) return members;
  if (members.value.length === 0) return op === 'replace' ? ok({ kind: 'remove-all' }) : nothing;
  return op === 'remove'
    ? removal(members.value.map((member) => member.value))
    : ok({ kind: op, members: members.value });
}

function removeSelected({ origin }: AttributeChange, part: string, { filter }: ValueSelection): Read {
  if (part !== 'value') {
    return err(scimError('invalidPath', { ...origin, reason: `${part} of a member cannot be removed` }));
  }
  const ids = idsNamedBy(filter);
  return ids ? removal(ids) : ok({ kind: 'remove-matching', filter });
}

/** To write a member that the filter describes is to add it; to replace it by nothing is to remove it. */
function addSelected(change: AttributeChange, { filter, described }: ValueSelection): Read {
  const { op, target, value = null, origin } = change;
  const { attribute, subAttribute } = target;
  if (isUnassigned(value)) {
    // To add nothing takes nobody out, as without a filter.
    return op === 'add' || (subAttribute && subAttribute.name !== 'value')
      ? nothing
      : removeSelected(change, 'value', { filter, described });
  }
  if (!described) return err(scimError('noTarget', { ...origin }));
  // A member is added and removed but not changed; what there is to say of one is said when it is added.
  if (subAttribute && subAttribute.name !== 'value') return err(scimError('immutable', { path: origin.path }));
  const sent = subAttribute ? { [subAttribute.name]: value } : value;
  const written = mergeComplexValue(attribute, described, sent, attribute.name);
  if (!written.ok) return written;
  const member = memberOf(written.value ?? {}, attribute.name);
  return member.ok ? ok({ kind: 'add', members: [member.value] }) : member;
}

function removal(ids: readonly string[]): Read {
  return ok({ kind: 'remove', ids: [...new Set(ids)] });
}

/** The ids where a filter is `value eq "..."` or several of them joined by `or`. */
function idsNamedBy(filter: ResolvedValueFilter): string[] | undefined {
  const ids: string[] = [];
  const pending = [filter];
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (next.kind === 'or') pending.push(next.right, next.left);
    else if (next.kind !== 'compare' || next.subAttribute.name !== 'value' || next.operator !== 'eq') return undefined;
    else ids.push(String(next.literal));
  }
  return ids;
}
