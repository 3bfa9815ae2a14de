import { describe, expect, it } from '@jest/globals';
import type { TenantId } from '#kernel';
import { parseAttributeSelection, readListQuery, type ResourceTypeName, SchemaRegistry } from '#scim-protocol';
import { pageLimits } from '../limits.js';
import { directoryQuery } from './directory-query.js';
import { listScope } from './list-scope.js';

const registry = new SchemaRegistry();
const tenant = 'acme' as TenantId;

/** Of a list as a client asks for it. */
function withMemberships(type: ResourceTypeName, parameters: Readonly<Record<string, string>>): boolean {
  const query = readListQuery(parameters, pageLimits);
  if (!query.ok) throw new Error(query.error.detail);
  const wanted = directoryQuery(registry, tenant, type, query.value);
  if (!wanted.ok) throw new Error(wanted.error.detail);
  const selection = parseAttributeSelection(registry, type, query.value);
  return listScope(tenant, type, selection, wanted.value).withMemberships;
}

describe('what a list is made of', () => {
  it('has memberships in it where they are shown', () => {
    expect(withMemberships('Group', {})).toBe(true);
    expect(withMemberships('Group', { excludedAttributes: 'members' })).toBe(false);
    expect(withMemberships('User', {})).toBe(true);
    expect(withMemberships('User', { excludedAttributes: 'groups' })).toBe(false);
  });

  it.each([
    'members.value eq "mia"',
    'members pr',
    'members[value eq "mia"]',
    'not (displayName eq "Staff" or members eq "mia")',
  ])('has memberships in it where they decide what is listed: %s', (filter) => {
    expect(withMemberships('Group', { excludedAttributes: 'members', filter })).toBe(true);
  });

  it('has none in it where something else decides', () => {
    const filter = 'displayName eq "members" and externalId pr';
    expect(withMemberships('Group', { excludedAttributes: 'members', filter, sortBy: 'displayName' })).toBe(false);
  });
});
