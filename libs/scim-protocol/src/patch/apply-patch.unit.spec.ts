import { describe, expect, it } from '@jest/globals';
import type { JsonObject, JsonValue } from '#kernel';
import { enterpriseUserSchemaUrn as enterprise } from '../schema/enterprise-user-schema.js';
import { userSchemaUrn as core } from '../schema/user-schema.js';
import { badgeUrn, home, mia, patch, patched, refusal, work } from './testing/patch-user.js';

const changed = {
  userName: 'mlind@acme.test',
  displayName: 'Mia Lindh',
  externalId: 'mlindh',
  name: { givenName: 'Mia', familyName: 'Lindh' },
  emails: [{ type: 'work', value: 'mia@acme.test' }],
  [enterprise]: { employeeNumber: 'E-882' },
};

describe('a PATCH that begins to use an extension', () => {
  const floor = { op: 'add', path: `${badgeUrn}:floor`, value: '3' };
  const number = { op: 'add', path: `${badgeUrn}:number`, value: 'B-7' };

  it('is refused without what the extension requires', () => {
    expect(refusal(mia, floor)).toEqual(['invalidValue', `${badgeUrn}:number is required and must not be empty.`]);
  });

  it('may bring it in any order', () => {
    expect(patched(mia, floor, number)).toEqual({ ...mia, [badgeUrn]: { floor: '3', number: 'B-7' } });
  });

  it('is not asked for what it does not speak of', () => {
    const stored = { ...mia, [badgeUrn]: { floor: '3' } };
    expect(patched(stored, { op: 'replace', path: 'active', value: false })).toEqual({ ...stored, active: false });
  });
});

describe('a PATCH of a user', () => {
  it('means the same in both dialects of Entra', () => {
    const document = { ...mia, name: { givenName: 'Mia', familyName: 'Lind' }, title: 'Analyst' };
    const verbose = patched(
      document,
      { op: 'Replace', path: 'displayName', value: 'Mia Lindh' },
      { op: 'Replace', path: 'emails[type eq "work"].value', value: 'mia@acme.test' },
      { op: 'Replace', path: 'name.familyName', value: 'Lindh' },
      { op: 'Replace', path: 'externalId', value: 'mlindh' },
      { op: 'Replace', path: `${enterprise}:employeeNumber`, value: 'E-882' },
    );
    const merged = patched(
      document,
      { op: 'replace', path: 'emails[type eq "work"].value', value: 'mia@acme.test' },
      {
        op: 'replace',
        value: {
          displayName: 'Mia Lindh',
          externalId: 'mlindh',
          'name.familyName': 'Lindh',
          [`${enterprise}:employeeNumber`]: 'E-882',
        },
      },
    );
    expect(verbose).toEqual({ ...changed, title: 'Analyst' });
    expect(merged).toEqual(verbose);
  });

  it.each<[JsonValue]>([
    [{ op: 'Replace', path: 'active', value: 'False' }],
    [{ op: 'Replace', path: 'active', value: false }],
    [{ op: 'replace', path: 'ACTIVE', value: 'false' }],
    [{ op: 'Add', path: `${core}:active`, value: 'False' }],
    [{ op: 'replace', value: { active: false } }],
    [{ op: 'Add', value: { Active: 'FALSE' } }],
    [{ op: 'replace', value: { [core]: { active: 'False' } } }],
    [{ op: 'replace', path: core, value: { active: 'False' } }],
  ])('disables by %j', (operation) => {
    expect(patched({ ...mia, active: true }, operation)).toEqual({ ...mia, active: false });
  });

  it.each([true, 'True', 'true'])('enables again by %j, with add and with replace', (value) => {
    for (const op of ['Add', 'Replace']) {
      expect(patched({ ...mia, active: false }, { op, path: 'active', value }).active).toBe(true);
      expect(patched({ ...mia, active: false }, { op, value: { active: value } }).active).toBe(true);
    }
  });

  it.each([
    'userName',
    'externalId',
    'displayName',
    'title',
    'nickName',
    'locale',
    'timezone',
    'profileUrl',
    'userType',
    'preferredLanguage',
  ])('sets %s verbatim and replaces it', (name) => {
    const added = patched(mia, { op: 'Add', path: name, value: 'upd-7f3a91c2' });
    expect(added[name]).toBe('upd-7f3a91c2');
    expect(patched(added, { op: 'add', path: `${core}:${name}`, value: ' Ø ' })[name]).toBe(' Ø ');
    expect(patched(added, { op: 'replace', value: { [name.toUpperCase()]: 'UPD' } })[name]).toBe('UPD');
  });

  it('resolves every kind of key of a value without a path', () => {
    const value = {
      name: { familyName: 'L', colour: 'red' },
      'Name.GivenName': 'Mia',
      'emails[type eq "work"].value': 'w',
      'emails[type eq "work"].primary': 'True',
      [`${enterprise.toUpperCase()}:department`]: 'Risk',
      [`${enterprise}:manager.value`]: 'u-2',
      [enterprise]: { costCenter: 'C', unknown: 1 },
      [`${core}:title`]: 'Analyst',
      division: 'D',
      shoeSize: 9,
      'shoe.size': 9,
      'not a path': 9,
      '': 9,
      'urn:other:2.0:User:x': 9,
      'urn:other:2.0:User': { x: 9 },
      id: 'u-1',
      schemas: [],
      meta: { resourceType: 'User' },
      'meta.created': 'x',
      groups: [{ value: 'g-1' }],
    };
    const document = { ...mia, name: { formatted: 'Mia Lind' } };
    expect(patched(document, { op: 'replace', value })).toEqual({
      ...mia,
      name: { formatted: 'Mia Lind', familyName: 'L', givenName: 'Mia' },
      emails: [{ type: 'work', value: 'w', primary: true }],
      title: 'Analyst',
      [enterprise]: { department: 'Risk', manager: { value: 'u-2' }, costCenter: 'C', division: 'D' },
    });
  });

  it('is all or nothing, and names the operation that was refused', () => {
    expect(refusal(mia, { op: 'add', path: 'title', value: 'x' }, { op: 'add', path: 'title', value: 5 })).toEqual([
      'invalidValue',
      'Operation 1: title must be a string, but 5 was sent.',
    ]);
  });

  it('changes nothing with no operations', () => {
    expect(patched(mia)).toEqual(mia);
  });
});

describe('the examples of RFC 7644 section 3.5.2', () => {
  it('add to several attributes without a path', () => {
    const value = { emails: [{ value: 'babs@jensen.org', type: 'home' }], nickName: 'Babs' };
    expect(patched(mia, { op: 'add', value })).toEqual({ ...mia, ...value });
  });

  it('replace a work address, then a part of it', () => {
    const address = { type: 'work', streetAddress: '911 Universal City Plaza', locality: 'Hollywood', primary: true };
    const path = 'addresses[type eq "work"]';
    const replaced = patched(
      { ...mia, addresses: [{ type: 'work', country: 'US' }] },
      { op: 'replace', path, value: address },
    );
    expect(replaced.addresses).toEqual([address]);
    const moved = patched(replaced, { op: 'replace', path: `${path}.streetAddress`, value: '1010 Broadway Ave' });
    expect(moved.addresses).toEqual([{ ...address, streetAddress: '1010 Broadway Ave' }]);
  });

  it('replace several attributes without a path', () => {
    const value = { emails: [work, home], nickName: 'Babs' };
    expect(patched({ ...mia, emails: [{ value: 'old' }] }, { op: 'replace', value })).toEqual({ ...mia, ...value });
  });

  it('remove a complex value by a filter of two conditions', () => {
    const path = 'emails[type eq "work" and value ew "acme.test"]';
    expect(patched({ ...mia, emails: [work, home] }, { op: 'remove', path }).emails).toEqual([home]);
  });
});

describe('hostile requests', () => {
  it('cannot reach prototypes', () => {
    const value = JSON.parse(
      '{"__proto__":{"title":"x"},"constructor":{"title":"x"},"name":{"__proto__":{"x":1}}}',
    ) as JsonValue;
    const document = patched(mia, { op: 'add', value }, { op: 'add', path: 'name', value: { constructor: 'x' } });
    expect(document).toEqual(mia);
    expect(Object.getPrototypeOf(document)).toBe(Object.prototype);
    expect(({} as JsonObject).title).toBeUndefined();
  });

  it('are applied in time that grows with their number', () => {
    const operations = Array.from({ length: 3_000 }, (_, index) => [
      { op: 'replace', path: 'emails[type eq "work"].value', value: `m${index}` },
      { op: 'replace', value: { 'name.givenName': `n${index}`, [`${enterprise}:department`]: `d${index}` } },
    ]).flat();
    const document = { ...mia, emails: [work, ...Array.from({ length: 50 }, (_, index) => ({ value: `x${index}` }))] };
    expect(patched(document, ...operations).name).toEqual({ givenName: 'n2999' });
  });

  it('are cut short where many operations meet a long list', () => {
    const emails = Array.from({ length: 4_000 }, (_, index) => ({ value: `x${index}` }));
    const operations = Array(10_000).fill({
      op: 'replace',
      path: 'emails[type eq "work"].value',
      value: 'x',
    }) as JsonValue[];
    const result = patch({ ...mia, emails }, ...operations);
    expect(result).toMatchObject({ ok: false, error: { status: 413 } });
  });

  it('are cut short where many conditions meet a list', () => {
    const emails = Array.from({ length: 100 }, (_, index) => ({ value: `x${index}` }));
    const path = `emails[${Array.from({ length: 450 }, (_, index) => `value eq "v${index}"`).join(' or ')}].display`;
    const removals = (count: number) => Array<JsonValue>(count).fill({ op: 'remove', path });
    expect(patched({ ...mia, emails }, ...removals(4)).emails).toEqual(emails);
    expect(patch({ ...mia, emails }, ...removals(5))).toMatchObject({ ok: false, error: { status: 413 } });
  });

  it('cannot make a list too long, but may shorten one that is', () => {
    const values = (count: number) => Array.from({ length: count }, (_, index) => ({ value: `x${index}` }));
    const tooMany = ['invalidValue', 'Operation 0: emails cannot have more than 5000 values.'];
    const full = { ...mia, emails: values(5_000) };
    expect(refusal(mia, { op: 'add', path: 'emails', value: values(5_001) })).toEqual(tooMany);
    expect(refusal(full, { op: 'add', path: 'emails', value: [{ value: 'y' }] })).toEqual(tooMany);
    expect(refusal(full, { op: 'add', path: 'emails[value eq "y"].type', value: 'work' })).toEqual(tooMany);
    expect(patched(full, { op: 'add', path: 'emails', value: [{ value: 'x1' }] }).emails).toHaveLength(5_000);
    const longer = { ...mia, emails: values(6_000) };
    expect(patched(longer, { op: 'remove', path: 'emails[value eq "x1"]' }).emails).toHaveLength(5_999);
    expect(patched(longer, { op: 'replace', path: 'active', value: false }).active).toBe(false);
  });

  it('cannot make a resource too large, but may make one smaller that is', () => {
    const photo = (letter: string) => ({ value: letter.repeat(1_048_576) });
    const add = (letter: string) => ({ op: 'add', path: 'photos', value: [photo(letter)] });
    const tooLarge = 'The User would be larger than 2097152 characters. Remove values before you add others.';
    expect(patched(mia, add('A')).photos).toHaveLength(1);
    expect(refusal(mia, add('A'), add('B'))).toEqual(['invalidValue', tooLarge]);
    const larger = { ...mia, active: true, photos: [photo('A'), photo('B'), photo('C')] };
    expect(
      patched(larger, { op: 'replace', path: 'active', value: 'False' }, { op: 'remove', path: 'userType' }),
    ).toEqual({
      ...larger,
      active: false,
    });
  });
});
