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

/** Has each member shown by itself, as a reader has them in pieces. */
function readerOf(list: readonly object[]): DirectoryReader {
  const membersOf: DirectoryReader['membersOf'] = (_tenant, _id, _base, shown = (text) => text) => {
    const texts = list.map((member) => shown(JSON.stringify(member))).filter((text) => text !== '');
    return Promise.resolve(texts.length === 0 ? undefined : `[${texts.join(',')}]`);
  };
  return { membersOf } as DirectoryReader;
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
  const resource = { id: 'g-1', head, isMember: true };
  return texts.complete(tenant, 'Group', resource, selection, source === 'log' ? known : undefined);
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
