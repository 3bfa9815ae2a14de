import { describe, expect, it, jest } from '@jest/globals';
import type { ResourceId, TenantId } from '#kernel';
import type { DirectoryLog } from '#command-handling';
import type { DirectoryReader } from '#directory-view';
import { renderResourceHead, SchemaRegistry } from '#scim-protocol';
import { Addresses } from './addresses.js';
import { GetResource, GetResourceHandler } from './get-resource.js';
import type { ReadYourWrites } from './read-your-writes.js';
import { ResourceTexts } from './resource-texts.js';

const [tenant, id] = ['acme' as TenantId, 'g-1' as ResourceId];
const registry = new SchemaRegistry();
const group = {
  head: renderResourceHead(registry, {
    type: 'Group',
    id,
    document: { displayName: 'Staff' },
    created: 0,
    lastModified: 0,
    revision: 3,
  }),
  revision: 3,
  isMember: false,
};

function subject(found: typeof group | undefined) {
  const find = jest.fn(() => Promise.resolve(found));
  const groupWithMembers = jest.fn(() => Promise.resolve(found && { ...found, members: '[{"value":"u-1"}]' }));
  const reader = { find, groupWithMembers } as unknown as DirectoryReader;
  const addresses = new Addresses(() => 'https://scim');
  const texts = new ResourceTexts(reader, addresses);
  const current = { isCurrent: () => true } as unknown as ReadYourWrites;
  const handler = new GetResourceHandler(reader, {} as DirectoryLog, texts, registry, addresses, current);
  const get = (ifNoneMatch?: string, excludedAttributes?: readonly string[]) =>
    handler.execute(new GetResource(tenant, 'Group', id, { excludedAttributes }, ifNoneMatch));
  return { get, find, groupWithMembers };
}

describe('a group', () => {
  it('is read once with its members', async () => {
    const { get, find } = subject(group);
    expect(await get()).toMatchObject({ revision: 3, text: expect.stringContaining('"members":[{"value":"u-1"}]') });
    expect(find).not.toHaveBeenCalled();
  });

  it('is read without its members where these are excluded, or the client has this version', async () => {
    const { get, groupWithMembers } = subject(group);
    expect(await get(undefined, ['members'])).toMatchObject({ text: expect.not.stringContaining('members') });
    expect(await get('W/"3"')).toMatchObject({ revision: 3, text: undefined });
    expect(groupWithMembers).not.toHaveBeenCalled();
  });

  it('is read with its members where the client has another version', async () => {
    const { get } = subject(group);
    expect(await get('W/"2"')).toMatchObject({ text: expect.stringContaining('"members":[') });
  });

  it('is not found where there is none', async () => {
    expect(await subject(undefined).get()).toBeUndefined();
  });
});
