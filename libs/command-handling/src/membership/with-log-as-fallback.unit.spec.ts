import { describe, expect, it } from '@jest/globals';
import type { ResourceId, TenantId } from '#kernel';
import { type MemberReader, withLogAsFallback } from './with-log-as-fallback.js';

const tenant = 'acme' as TenantId;
const group = 'g-1' as ResourceId;
const away = new Error('away');
const members = [{ value: 'u-1' }, { value: 'u-2' }];
const log = { group: async () => ({ revision: 7, members }) as never };

const rejecting: MemberReader = {
  membersAmong: () => Promise.reject(away),
  allMembers: () => Promise.reject(away),
};
const throwing: MemberReader = {
  membersAmong: () => {
    throw away;
  },
  allMembers: () => {
    throw away;
  },
};

describe.each([
  ['fails', rejecting],
  ['cannot even be asked', throwing],
])('where the read model %s', (_, reader) => {
  it('the log says who is a member', async () => {
    const lookup = withLogAsFallback(reader, log, (error) => error === away);
    expect(await lookup.all(tenant, group)).toEqual({ revision: 7, members });
    expect(await lookup.among(tenant, group, ['u-2', 'u-3'])).toEqual({ revision: 7, members: [{ value: 'u-2' }] });
  });

  it('a bug is not hidden', async () => {
    const lookup = withLogAsFallback(reader, log, () => false);
    await expect(lookup.all(tenant, group)).rejects.toBe(away);
    await expect(lookup.among(tenant, group, [])).rejects.toBe(away);
  });
});
