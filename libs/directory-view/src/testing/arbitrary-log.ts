import fc from 'fast-check';
import type { JsonObject, TenantId } from '#kernel';
import type { GroupMember } from '#directory-domain';
import type { ResourceTypeName } from '#scim-protocol';
import { type Assignment, arbitraryAssignment, arbitraryDocument } from './arbitrary-document.js';
import { SampleLog } from './sample-log.js';

export const sampleTenants = ['acme', 'globex'] as unknown as readonly [TenantId, TenantId];

/** One thing that happens to the resource in one of a few places; what does not make sense at the time is left out. */
type Step = (log: SampleLog) => void;

const tenant = fc.constantFrom(...sampleTenants);
const slot = fc.nat({ max: 3 });

function provisioning(type: ResourceTypeName): fc.Arbitrary<Step> {
  return fc.tuple(tenant, slot, arbitraryDocument(type)).map(([at, place, attributes]) => (log: SampleLog) => {
    if (!log.idAt(at, type, place)) log.provision(at, type, place, attributes);
  });
}

function change(type: ResourceTypeName): fc.Arbitrary<Step> {
  const parts = fc.tuple(
    tenant,
    slot,
    fc.array(arbitraryAssignment(type), { maxLength: 2 }),
    arbitraryAssignment(type),
  );
  return parts.map(([at, place, assignments, unassignment]) => (log: SampleLog) => {
    const assigned: JsonObject = {};
    for (const assignment of assignments) assigned[qualifiedName(assignment)] = assignment.value;
    const required = ['userName', 'displayName'].includes(unassignment.name);
    const name = qualifiedName(unassignment);
    const unassigned = required || Object.hasOwn(assigned, name) ? [] : [name];
    log.add(at, type, place, (id) =>
      type === 'User'
        ? { type: 'UserProfileChanged', data: { userId: id, assigned, unassigned } }
        : { type: 'GroupProfileChanged', data: { groupId: id, assigned, unassigned } },
    );
  });
}

const activation = fc.tuple(tenant, slot, fc.boolean()).map(([at, place, active]) => (log: SampleLog) => {
  log.add(at, 'User', place, (userId) => ({ type: active ? 'UserReactivated' : 'UserDeactivated', data: { userId } }));
});

const abandonment = fc
  .tuple(tenant, fc.constantFrom('User' as const, 'Group' as const), slot)
  .map(([at, type, place]) => (log: SampleLog) => {
    log.add(at, type, place, () => ({ type: 'NameClaimAbandoned', data: { claimId: 'abandoned' } }));
  });

const claim = fc.tuple(tenant, slot).map(
  ([at, place]) =>
    (log: SampleLog) =>
      log.claimName(at, place),
);

const deprovisioning = fc.tuple(tenant, fc.constantFrom('User' as const, 'Group' as const), slot).map(
  ([at, type, place]) =>
    (log: SampleLog) =>
      log.deprovision(at, type, place),
);

/** Members are users and groups, present and former ones, and ids that nobody ever had. */
const memberPlace = fc.record(
  {
    kind: fc.constantFrom('User' as const, 'Group' as const, 'stranger' as const),
    former: fc.constant(true),
    place: slot,
    type: fc.constantFrom('User', 'Group', 'group', 'Robot'),
    display: fc.constantFrom('Ann', 'Bob'),
  },
  { requiredKeys: ['kind', 'place'] },
);

interface MemberPlace {
  readonly kind: ResourceTypeName | 'stranger';
  readonly place: number;
  readonly former?: boolean;
}

const membership = fc
  .tuple(tenant, slot, fc.array(memberPlace, { maxLength: 4 }), fc.array(memberPlace, { maxLength: 3 }))
  .map(([at, place, adds, removes]) => (log: SampleLog) => {
    const idOf = ({ kind, former, place: member }: MemberPlace) => {
      const known = kind === 'stranger' ? undefined : log[former ? 'formerIdAt' : 'idAt'](at, kind, member);
      return known ?? `stranger-${member}`;
    };
    const added = new Map<string, GroupMember>();
    for (const { type, display, ...who } of adds) {
      const value = idOf(who);
      added.set(value, { value, ...(type && { type }), ...(display && { display }) });
    }
    const removed = new Set(removes.map(idOf).filter((id) => !added.has(id)));
    log.add(at, 'Group', place, (groupId) => {
      return { type: 'GroupMembershipChanged', data: { groupId, added: [...added.values()], removed: [...removed] } };
    });
  });

/** Logs of two tenants in which everything that can happen does, and much of it to the same few resources. */
export function arbitraryLog(maxLength = 60): fc.Arbitrary<SampleLog> {
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 4, arbitrary: provisioning('User') },
    { weight: 3, arbitrary: provisioning('Group') },
    { weight: 3, arbitrary: change('User') },
    { weight: 2, arbitrary: change('Group') },
    { weight: 1, arbitrary: activation },
    { weight: 6, arbitrary: membership },
    { weight: 1, arbitrary: abandonment },
    { weight: 1, arbitrary: claim },
    { weight: 2, arbitrary: deprovisioning },
  );
  return fc
    .tuple(fc.array(step, { maxLength }), fc.array(fc.nat({ max: 5 }), { maxLength: 10 }))
    .map(([steps, ticks]) => {
      const log = new SampleLog(ticks);
      for (const take of steps) take(log);
      return log;
    });
}

function qualifiedName({ extension, name }: Assignment): string {
  return extension === undefined ? name : `${extension}:${name}`;
}
