import { beforeEach, describe, expect, it } from '@jest/globals';
import { type JsonObject } from '#kernel';
import { managerPath } from '../wire/attribute-map.js';
import { groupDifferences, listDifferences, userDifferences } from './differences.js';
import { ExpectedDirectory, type ExpectedGroup, type ExpectedUser } from './expected-directory.js';

describe('the comparison', () => {
  let directory: ExpectedDirectory;
  const user = () => directory.users.get('u-1') as ExpectedUser;
  const group = () => directory.groups.get('g-1') as ExpectedGroup;
  const whatOf = (actual: JsonObject) => userDifferences('/Users/u-1', user(), actual).map(({ what }) => what);
  const membersOf = (...ids: string[]) =>
    groupDifferences(
      '/Groups/g-1',
      group(),
      { displayName: 'Treasury', externalId: 'x', members: ids.map((value) => ({ value })) },
      directory,
    ).map(({ expected }) => expected);

  beforeEach(() => {
    directory = new ExpectedDirectory();
    for (const id of ['u-1', 'u-2']) {
      const attributes = new Map<string, string | boolean>([['userName', `${id}@acme.test`]]);
      directory.apply({ kind: 'user-provisioned', id, expectedState: attributes.set('active', true) });
    }
    const expectedState = { displayName: 'Treasury', externalId: 'x', members: ['u-1'] };
    directory.apply({ kind: 'group-provisioned', id: 'g-1', expectedState });
  });

  it('finds an attribute that reads back otherwise, in value, type or case', () => {
    expect(whatOf({ userName: 'u-1@acme.test', active: true })).toEqual([]);
    expect(whatOf({ userName: 'U-1@acme.test', active: 'True' })).toEqual(['userName', 'active']);
    expect(whatOf({})).toEqual(['userName', 'active']);
  });

  it('wants a cleared manager to be absent', () => {
    const expectedState = new Map([[managerPath, undefined]]);
    directory.apply({ kind: 'user-changed', id: 'u-1', expectedState });
    const urn = managerPath.slice(0, managerPath.lastIndexOf(':'));
    const base = { userName: 'u-1@acme.test', active: true };
    expect(whatOf(base)).toEqual([]);
    expect(whatOf({ ...base, [urn]: { manager: { value: '' } } })).toEqual([managerPath]);
  });

  it('accepts either value of an attribute whose write got no answer, until one does', () => {
    directory.doubt({ kind: 'user-changed', id: 'u-1', expectedState: new Map([['active', false]]) });
    expect(whatOf({ userName: 'u-1@acme.test', active: false })).toEqual([]);
    directory.apply({ kind: 'user-changed', id: 'u-1', expectedState: new Map([['active', true]]) });
    expect(whatOf({ userName: 'u-1@acme.test', active: false })).toEqual(['active']);
  });

  it('finds members that are missing, too many or repeated', () => {
    expect(membersOf('u-1')).toEqual([]);
    expect(membersOf()).toEqual(['u-1 is a member']);
    expect(membersOf('u-1', 'u-2')).toEqual(['u-2 is no member']);
    expect(membersOf('u-1', 'u-1')).toEqual(['each member once']);
  });

  it('expects a deleted user to be a member of nothing', () => {
    directory.apply({ kind: 'user-deleted', id: 'u-1', expectedState: undefined });
    expect(membersOf()).toEqual([]);
    expect(membersOf('u-1')).toEqual(['u-1 was deleted and is no member']);
  });

  it('accepts a member or none where the last write got no answer', () => {
    directory.doubt({ kind: 'members-added', id: 'g-1', expectedState: { members: ['u-2'] } });
    directory.doubt({ kind: 'user-deleted', id: 'u-1', expectedState: undefined });
    expect(membersOf('u-1', 'u-2')).toEqual([]);
    expect(membersOf()).toEqual([]);
  });

  it('wants every user listed once, no deleted one, and no second owner of a name', () => {
    const listed = ['u-1', 'u-2'].map((id) => ({ id, userName: `${id}@acme.test` }));
    const expected = (items: JsonObject[], totalResults = items.length) =>
      listDifferences('Users', directory, { totalResults, listed: items }).map((difference) => difference.expected);
    expect(expected(listed)).toEqual([]);
    expect(expected([...listed, { id: 'stranger', userName: 'other@acme.test' }])).toEqual([]);
    expect(expected(listed.slice(1))).toEqual(['u-1 listed once']);
    expect(expected(listed, 3)).toEqual(['2 resources over all pages']);
    expect(expected([...listed, { id: 'u-9', userName: 'U-1@ACME.test' }])).toEqual([
      '"U-1@ACME.test" belongs to u-1 alone',
    ]);
    directory.apply({ kind: 'user-deleted', id: 'u-2', expectedState: undefined });
    expect(expected(listed)).toEqual(['u-2 was deleted and is not listed']);
  });

  it('lets a name go to another where the deletion of its owner got no answer and the owner is gone', () => {
    directory.doubt({ kind: 'user-deleted', id: 'u-1', expectedState: undefined });
    directory.doubt({ kind: 'group-deleted', id: 'g-1', expectedState: undefined });
    const differences = (endpoint: 'Users' | 'Groups', ...listed: JsonObject[]) =>
      listDifferences(endpoint, directory, { totalResults: listed.length, listed }).map(({ expected }) => expected);
    const other = { id: 'u-2', userName: 'u-2@acme.test' };
    const successor = { id: 'u-9', userName: 'u-1@acme.test' };
    expect(differences('Users', other, successor)).toEqual([]);
    expect(differences('Groups', { id: 'g-9', displayName: 'Treasury' })).toEqual([]);
    expect(differences('Users', { id: 'u-1', userName: 'u-1@acme.test' }, other, successor)).toEqual([
      '"u-1@acme.test" belongs to u-1 alone',
    ]);
  });
});
