import { describe, expect, it } from '@jest/globals';
import type { JsonObject, TenantId } from '#kernel';
import { type DirectoryReader, SqlStoreError } from '#directory-view';
import {
  type AttributeParameters,
  parseAttributeSelection,
  renderResourceHead,
  type ResourceTypeName,
  SchemaRegistry,
} from '#scim-protocol';
import { Addresses } from './addresses.js';
import { ResourceTexts } from './resource-texts.js';

const tenant = 'acme' as TenantId;
const registry = new SchemaRegistry();
const members = [
  { value: 'u-1', $ref: 'https://scim/Users/u-1', type: 'User', display: 'Ada "the first"' },
  { value: 'thing' },
];
const headOf = (type: ResourceTypeName, document: JsonObject) =>
  renderResourceHead(registry, {
    type,
    id: type === 'User' ? 'u-1' : 'g-1',
    document,
    created: 0,
    lastModified: 0,
    revision: 3,
  });
const head = headOf('Group', { displayName: 'Staff', externalId: 'x' });

/** Has each member shown by itself, as a reader has them in pieces. */
function readerOf(list: readonly object[]): DirectoryReader {
  const groupWithMembers: DirectoryReader['groupWithMembers'] = (_tenant, _id, _base, shown = (text) => text) => {
    const texts = list.map((member) => shown(JSON.stringify(member))).filter((text) => text !== '');
    const members = texts.length === 0 ? undefined : `[${texts.join(',')}]`;
    return Promise.resolve({ head, revision: 3, isMember: true, members });
  };
  return { groupWithMembers } as DirectoryReader;
}

async function group(
  parameters: AttributeParameters,
  list: readonly object[],
  source: 'view' | 'log' = 'view',
): Promise<string> {
  const known = list.map((member) => JSON.stringify(member)).join(',');
  const reader = readerOf(source === 'view' ? list : []);
  const texts = new ResourceTexts(reader, new Addresses(() => 'https://scim'));
  const selection = parseAttributeSelection(registry, 'Group', parameters);
  const resource = { id: 'g-1', head, revision: 3, isMember: true };
  const completed = await texts.complete(tenant, 'Group', resource, selection, source === 'log' ? known : undefined);
  return completed?.text ?? '';
}

describe('the text of a group', () => {
  it.each<AttributeParameters>([
    { attributes: ['members'] },
    { attributes: ['members', 'displayName'] },
    { attributes: ['members.value'] },
    { attributes: ['members.display'] },
    { attributes: ['members.type', 'displayName'] },
    { attributes: ['displayName'] },
    { excludedAttributes: ['members'] },
    { excludedAttributes: ['externalId'] },
    { excludedAttributes: ['members.display', 'externalId'] },
  ])('is what was selected of the whole, whether or not members were taken apart: %j', async (parameters) => {
    const selection = parseAttributeSelection(registry, 'Group', parameters);
    for (const list of [members, [{ value: 'thing' }], []]) {
      const whole = JSON.parse(await group({}, list)) as JsonObject;
      for (const source of ['view', 'log'] as const) {
        expect(await group(parameters, list, source)).toBe(JSON.stringify(selection?.apply(whole)));
      }
    }
  });
});

describe('the text of a group that changes while its page is read', () => {
  const page = [{ id: 'g-1', head, revision: 3, isMember: false }];
  const textsOf = (found: Awaited<ReturnType<DirectoryReader['groupWithMembers']>>) => {
    const reader = { groupWithMembers: () => Promise.resolve(found) } as unknown as DirectoryReader;
    return new ResourceTexts(reader, new Addresses(() => 'https://scim'));
  };

  it('is of the state of which its members are', async () => {
    const renamed = headOf('Group', { displayName: 'Crew' });
    const texts = textsOf({ head: renamed, revision: 4, isMember: false, members: '[{"value":"u-1"}]' });
    const [text = ''] = (await texts.completeFirst(tenant, 'Group', page, undefined)) ?? [];
    expect(JSON.parse(text)).toMatchObject({ displayName: 'Crew', members: [{ value: 'u-1' }] });
    expect(await texts.complete(tenant, 'Group', page[0] as (typeof page)[0], undefined)).toMatchObject({
      revision: 4,
    });
  });

  it('is none where the group is gone', async () => {
    expect(await textsOf(undefined).completeFirst(tenant, 'Group', page, undefined)).toBeUndefined();
    expect(await textsOf(undefined).complete(tenant, 'Group', page[0] as (typeof page)[0], undefined)).toBeUndefined();
  });
});

describe('the text of a user whose groups cannot be read', () => {
  const away = new SqlStoreError('away', 'the view is being built');
  const reader = { groupsOf: () => Promise.reject(away) } as unknown as DirectoryReader;
  const texts = new ResourceTexts(reader, new Addresses(() => 'https://scim'));
  const user = { id: 'u-1', head: headOf('User', { userName: 'ada' }), revision: 3, isMember: true };

  it('is shown without them by itself', async () => {
    const completed = await texts.complete(tenant, 'User', user, undefined);
    const text = JSON.parse(completed?.text ?? '') as JsonObject;
    expect(text).toMatchObject({ id: 'u-1', userName: 'ada' });
    expect(text).not.toHaveProperty('groups');
  });

  it('is not shown in a list, which would say that the user is in no group', async () => {
    await expect(texts.completeFirst(tenant, 'User', [user], undefined)).rejects.toBe(away);
  });
});
