import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ResourceId, TenantId } from '#kernel';
import type { GroupEvent, GroupState, UserEvent, UserState } from '#directory-domain';
import { type Position } from '#event-store';
import type { ReadScope } from '../../../scim-ingress/src/index.js';
import { UnseenChanges } from './unseen-changes.js';

const at = (position: number) => BigInt(position) as Position;
const tenant = 'acme' as TenantId;
const claims = {} as UserState['claims'];
const absent = { status: 'absent', claims } as const;
const gone = { status: 'deprovisioned', claims } as const;
const named = (attributes: { userName?: string; displayName?: string }): UserState & GroupState => {
  return { status: 'provisioned', claims, attributes, created: 0, lastModified: 0, enabled: true };
};
const nameClaim = { key: 'k', claimId: 'c' };

const user = (id: string, withMemberships = false): ReadScope => {
  return { of: 'resource', tenant, type: 'User', id, withMemberships };
};
const group = (id: string): ReadScope => ({ of: 'resource', tenant, type: 'Group', id, withMemberships: true });
const userNamed = (name: string): ReadScope => ({ of: 'bearer', tenant, type: 'User', name, withMemberships: true });
const groupNamed = (name: string): ReadScope => ({ of: 'bearer', tenant, type: 'Group', name, withMemberships: true });

/** A process that started on an empty log, and how far its view has come. */
function freshProcess(startedAt = at(0)) {
  const view = { position: at(0), hasReached: (position: Position) => position <= view.position };
  const unseen = new UnseenChanges(view, startedAt);
  const writeUser = (id: string, position: number, [before, after]: [UserState, UserState], event: UserEvent) =>
    unseen.userWritten({
      tenantId: tenant,
      id: id as ResourceId,
      before,
      after,
      events: [event],
      position: at(position),
    });
  const writeGroup = (id: string, position: number, [before, after]: [GroupState, GroupState], event: GroupEvent) =>
    unseen.groupWritten({
      tenantId: tenant,
      id: id as ResourceId,
      before,
      after,
      events: [event],
      position: at(position),
    });
  /** Whether the view has to go on before it can answer. */
  const concerns = (scope: ReadScope) => !view.hasReached(unseen.lastConcerning(scope));
  return { view, concerns, writeUser, writeGroup };
}

const provisioned = (id: string): UserEvent => {
  return { type: 'UserProvisioned', data: { userId: id as ResourceId, attributes: {}, nameClaim } };
};
const members = (added: readonly string[], removed: readonly string[] = []): GroupEvent => {
  const data = { groupId: 'g' as ResourceId, added: added.map((value) => ({ value })), removed };
  return { type: 'GroupMembershipChanged', data };
};
const renamed: GroupEvent = {
  type: 'GroupProfileChanged',
  data: { groupId: 'g' as ResourceId, set: {}, removed: [], nameClaim } as never,
};

describe('a change that the view has not seen', () => {
  it('concerns who reads that user or looks for its name, however written, and nobody else', () => {
    const { concerns, writeUser } = freshProcess();
    writeUser('u-1', 2, [absent, named({ userName: 'Ada@x' })], provisioned('u-1'));
    expect(concerns(user('u-1'))).toBe(true);
    expect(concerns(userNamed('ADA@X'))).toBe(true);
    expect(concerns(user('u-2', true))).toBe(false);
    expect(concerns(userNamed('bob@x'))).toBe(false);
    expect(concerns(groupNamed('ada@x'))).toBe(false);
    expect(concerns({ ...user('u-1'), tenant: 'other' as TenantId })).toBe(false);
  });

  it('concerns who looks for the former name as well', () => {
    const { concerns, writeUser, writeGroup } = freshProcess();
    const event: UserEvent = { type: 'UserProfileChanged', data: { userId: 'u', set: {}, nameClaim } as never };
    writeUser('u-1', 2, [named({ userName: 'ada' }), named({ userName: 'countess' })], event);
    writeGroup('g-1', 3, [named({ displayName: 'Staff' }), gone], {
      type: 'GroupDeprovisioned',
      data: { groupId: 'g-1' as ResourceId },
    });
    for (const scope of [userNamed('ada'), userNamed('countess'), groupNamed('staff')]) {
      expect(concerns(scope)).toBe(true);
    }
  });

  it('concerns nobody who looks for the name where the name stays', () => {
    const { concerns, writeUser } = freshProcess();
    const ada = named({ userName: 'ada' });
    writeUser('u-1', 2, [ada, ada], { type: 'UserDeactivated', data: { userId: 'u-1' as ResourceId } });
    expect(concerns(userNamed('ada'))).toBe(false);
    expect(concerns(user('u-1'))).toBe(true);
  });

  it('of a group concerns who reads a user of it with groups', () => {
    const { concerns, writeGroup } = freshProcess();
    const staff = named({ displayName: 'Staff' });
    writeGroup('g-1', 1, [staff, staff], members(['u-1'], ['u-2']));
    expect([user('u-1', true), user('u-2', true), group('g-1')].map((scope) => concerns(scope))).toEqual([
      true,
      true,
      true,
    ]);
    expect(concerns(user('u-1', false))).toBe(false);
    expect(concerns(user('u-3', true))).toBe(false);
  });

  it.each<[string, GroupEvent]>([
    ['is renamed', renamed],
    ['is gone', { type: 'GroupDeprovisioned', data: { groupId: 'g' as ResourceId } }],
    ['changes by many members', members(Array.from({ length: 101 }, (_, index) => `m-${index}`))],
  ])('concerns every user with groups where a group %s', (_, event) => {
    const { concerns, writeGroup } = freshProcess();
    writeGroup('g-1', 1, [named({ displayName: 'Staff' }), named({ displayName: 'Crew' })], event);
    expect(concerns(user('u-9', true))).toBe(true);
    expect(concerns(user('u-9', false))).toBe(false);
  });

  it('concerns who lists that type of that tenant, and users with groups where it is of a group', () => {
    const { concerns, view, writeUser, writeGroup } = freshProcess();
    const list = (type: 'User' | 'Group', withMemberships: boolean, of = tenant): ReadScope => {
      return { of: 'list', tenant: of, type, withMemberships };
    };
    const lists = [list('User', false), list('User', true), list('Group', false), list('Group', true)];
    const staff = named({ displayName: 'Staff' });
    writeUser('u-1', 1, [absent, named({ userName: 'ada' })], provisioned('u-1'));
    expect(lists.map(concerns)).toEqual([true, true, false, false]);
    view.position = at(1);
    writeGroup('g-1', 2, [staff, staff], members(['u-1']));
    expect(lists.map(concerns)).toEqual([false, true, true, true]);
    expect(concerns(list('Group', true, 'other' as TenantId))).toBe(false);
  });

  it('concerns everybody where it was made before the process started', () => {
    const { concerns, view } = freshProcess(at(7));
    expect(concerns(user('u-1'))).toBe(true);
    view.position = at(7);
    expect(concerns(user('u-1'))).toBe(false);
  });

  it('concerns everybody where there are too many to be told apart', () => {
    const { concerns, view, writeUser } = freshProcess();
    const ada = named({ userName: 'ada' });
    for (let position = 1; position <= 100_002; position++) {
      writeUser(`u-${position}`, position, [ada, ada], { type: 'UserReactivated', data: {} as never });
    }
    expect(concerns(user('u-1'))).toBe(true);
    expect(concerns(userNamed('bob'))).toBe(true);
    view.position = at(100_001);
    expect(concerns(userNamed('bob'))).toBe(false);
    expect(concerns(user('u-100002'))).toBe(true);
  });

  it('is never missed, in whichever order writers are heard of and however far the view has come', () => {
    const write = fc.record({ id: fc.nat({ max: 3 }), others: fc.uniqueArray(fc.nat({ max: 3 })), seen: fc.nat() });
    fc.assert(
      fc.property(fc.array(write, { minLength: 1, maxLength: 30 }), fc.nat({ max: 3 }), (writes, swaps) => {
        const { concerns, view, writeGroup } = freshProcess();
        const staff = named({ displayName: 'Staff' });
        const order = writes.map((_, index) => index + 1);
        for (let swap = 0; swap < Math.min(swaps, order.length - 1); swap++) {
          [order[swap], order[swap + 1]] = [order[swap + 1] as number, order[swap] as number];
        }
        const last = new Map<string, number>();
        for (const [index, { id, others, seen }] of writes.entries()) {
          const position = order[index] as number;
          writeGroup(`g-${id}-${position}`, position, [staff, staff], members(others.map((other) => `u-${other}`)));
          for (const other of others) last.set(`u-${other}`, Math.max(position, last.get(`u-${other}`) ?? 0));
          view.position = at(Math.max(Number(view.position), seen % (index + 1)));
          for (const [member, latest] of last) {
            expect(concerns(user(member, true))).toBe(latest > Number(view.position));
          }
        }
      }),
    );
  });
});
