import { describe, expect, it } from '@jest/globals';
import type { JsonObject, TenantId } from '#kernel';
import type { DirectoryReader } from '#directory-view';
import { type AttributeParameters, parseAttributeSelection, renderResourceHead, SchemaRegistry } from '#scim-protocol';
import { Addresses } from './addresses.js';
import { ResourceTexts } from './resource-texts.js';

const tenant = 'acme' as TenantId;
const registry = new SchemaRegistry();
const members = [
  { value: 'u-1', $ref: 'https://scim/Users/u-1', type: 'User', display: 'Ada "the first"' },
  { value: 'thing' },
];
const head = renderResourceHead(registry, {
  type: 'Group',
  id: 'g-1',
  document: { displayName: 'Staff', externalId: 'x' },
  created: 0,
  lastModified: 0,
  revision: 3,
});

async function group(parameters: AttributeParameters, list: readonly object[]): Promise<string> {
  const text = list.length === 0 ? undefined : JSON.stringify(list);
  const reader = { membersOf: () => Promise.resolve(text) } as unknown as DirectoryReader;
  const texts = new ResourceTexts(reader, new Addresses(() => 'https://scim'));
  const selection = parseAttributeSelection(registry, 'Group', parameters);
  return texts.complete(tenant, 'Group', { id: 'g-1', head, isMember: true }, selection);
}

describe('the text of a group', () => {
  it.each<AttributeParameters>([
    { attributes: ['members'] },
    { attributes: ['members', 'displayName'] },
    { attributes: ['members.value'] },
    { attributes: ['displayName'] },
    { excludedAttributes: ['members'] },
    { excludedAttributes: ['externalId'] },
    { excludedAttributes: ['members.display', 'externalId'] },
  ])('is what was selected of the whole, whether or not members were taken apart: %j', async (parameters) => {
    const selection = parseAttributeSelection(registry, 'Group', parameters);
    for (const list of [members, []]) {
      const whole = JSON.parse(await group({}, list)) as JsonObject;
      expect(await group(parameters, list)).toBe(JSON.stringify(selection?.apply(whole)));
    }
  });
});
