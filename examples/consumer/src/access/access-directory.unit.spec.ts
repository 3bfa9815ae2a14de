import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ProvisioningValue } from '../contract/provisioning-message.js';
import { groupState, membership, message, noMembership, userState } from '../testing/messages.js';
import { AccessDirectory } from './access-directory.js';

describe('who has access', () => {
  let directory: AccessDirectory;
  let revision: number;
  beforeEach(() => {
    directory = new AccessDirectory();
    revision = 0;
  });

  function told(type: string, key: string, value?: ProvisioningValue): readonly string[] {
    const changes = directory.takeEvent(message(type, key, revision, value), revision - 1);
    revision++;
    return changes.map(({ change, user, group }) => `${user} ${change} ${group}`);
  }

  const provision = () => [
    ...told('user.provisioned', '1', { attributes: { userName: 'mia', active: true } }),
    ...told('group.provisioned', '9', { attributes: { displayName: 'Admins' } }),
  ];
  const join = () => told('group.membership-changed', '9', { added: [{ value: '1' }], removed: [] });

  it('is an enabled user who is a member', () => {
    expect(provision()).toEqual([]);
    expect(join()).toEqual(['mia gained Admins']);
    expect(told('user.deactivated', '1')).toEqual(['mia lost Admins']);
    expect(told('user.reactivated', '1')).toEqual(['mia gained Admins']);
    expect(told('group.membership-changed', '9', { added: [], removed: ['1'] })).toEqual(['mia lost Admins']);
  });

  it('is nobody yet where the membership comes before the user', () => {
    expect(join()).toEqual([]);
    expect(provision()).toEqual(['mia gained acme:9']);
  });

  it('is lost once where a user ends and its memberships after it', () => {
    provision();
    join();
    expect(told('user.deprovisioned', '1')).toEqual(['mia lost Admins']);
    expect(told('group.membership-changed', '9', { added: [], removed: ['1'] })).toEqual([]);
  });

  it('is lost by all where the group ends', () => {
    provision();
    join();
    expect(told('group.deprovisioned', '9')).toEqual(['mia lost Admins']);
  });

  it('goes by the names of today', () => {
    provision();
    told('user.profile-changed', '1', { assigned: { userName: 'maria' } });
    told('group.profile-changed', '9', { assigned: { displayName: 'Root' } });
    expect(join()).toEqual(['maria gained Root']);
  });

  it('differs from what the states tell by what was missed', () => {
    provision();
    join();
    const read = new AccessDirectory();
    for (const user of ['1', '2']) read.takeState(userState(user, 0));
    read.takeState(groupState('9', 0));
    read.takeState(membership('9', '1', 1));
    read.takeState(noMembership('9', '1', 2));
    read.takeState(membership('9', '2', 2));
    const changes = directory.changesTo(read).map(({ change, user }) => `${user} ${change}`);
    expect(changes).toEqual(['mia lost', '2 gained']);
  });

  it('goes by the last word on each thing, in whichever order words come', () => {
    directory.takeState(membership('9', '1', 4));
    directory.takeState(userState('1', 3));
    expect(directory.takeEvent(message('user.deactivated', '1', 5), -1)).toHaveLength(1);
    expect(directory.takeEvent(message('user.reactivated', '1', 4), 5)).toEqual([]);
    directory.takeEvent(message('user.profile-changed', '1', 4, { assigned: { userName: 'maria' } }), 5);
    directory.takeEvent(message('user.reactivated', '1', 6), 5);
    expect(directory.accesses()).toEqual([{ tenant: 'acme', user: 'maria', group: 'acme:9' }]);
  });
});
