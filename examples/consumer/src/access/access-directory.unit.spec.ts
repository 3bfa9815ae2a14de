import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ProvisioningMessage, ProvisioningValue } from '../contract/provisioning-message.js';
import { AccessDirectory } from './access-directory.js';

const message = (type: string, key: string, value: ProvisioningValue | null = {}): ProvisioningMessage => {
  return { type: `${type}.v1`, key: `acme:${key}`, value, tenant: 'acme', actor: 'credential:test', revision: 0 };
};

describe('who has access', () => {
  let directory: AccessDirectory;
  beforeEach(() => {
    directory = new AccessDirectory();
  });

  const told = (type: string, key: string, value?: ProvisioningValue) =>
    directory.takeEvent(message(type, key, value)).map(({ change, user, group }) => `${user} ${change} ${group}`);

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
    read.takeState(message('user.state', '1', { enabled: true, attributes: { userName: 'mia' } }));
    read.takeState(message('user.state', '2', { enabled: true, attributes: { userName: 'tom' } }));
    read.takeState(message('group.state', '9', { attributes: { displayName: 'Admins' } }));
    read.takeState(message('membership.state', '9:1', { groupId: '9' }));
    read.takeState(message('membership.state', '9:1', null));
    read.takeState(message('membership.state', '9:2', { groupId: '9' }));
    const changes = directory.changesTo(read).map(({ change, user }) => `${user} ${change}`);
    expect(changes).toEqual(['mia lost', 'tom gained']);
  });
});
