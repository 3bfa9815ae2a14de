import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parsePatchPath } from './parse-patch-path.js';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

describe('parsePatchPath', () => {
  it.each([
    ['userName', { attribute: 'userName' }],
    ['name.familyName', { attribute: 'name', subAttribute: 'familyName' }],
    [`${enterprise}:manager`, { schema: enterprise, attribute: 'manager' }],
    [`${enterprise}:manager.value`, { schema: enterprise, attribute: 'manager', subAttribute: 'value' }],
    [
      'urn:ietf:params:scim:schemas:core:2.0:User:title',
      { schema: 'urn:ietf:params:scim:schemas:core:2.0:User', attribute: 'title' },
    ],
  ])('reads %s', (text, path) => {
    expect(parsePatchPath(text)).toEqual({ ok: true, value: { path } });
  });

  it('reads value paths with filters of any shape', () => {
    expect(parsePatchPath('members[value eq "2819c223"].displayName')).toMatchObject({
      ok: true,
      value: {
        path: { attribute: 'members', subAttribute: 'displayName' },
        filter: { kind: 'compare', operator: 'eq' },
      },
    });
    expect(parsePatchPath(`${enterprise}:manager[value eq "u-2"]`)).toMatchObject({
      ok: true,
      value: { path: { schema: enterprise, attribute: 'manager' }, filter: { literal: 'u-2' } },
    });
    expect(parsePatchPath('addresses[not (type eq "work") or (locality pr and country eq "a]b")]')).toMatchObject({
      ok: true,
      value: { path: { attribute: 'addresses' }, filter: { kind: 'or', left: { kind: 'not' } } },
    });
  });

  it.each([
    ['', 'expected an attribute name at character 1, found the end'],
    ['emails[type eq "work"', 'expected "and", "or" or "]" at character 22, found the end'],
    ['emails[]', 'expected an attribute name at character 8, found "]"'],
    ['emails[type eq "work"]value', 'expected the end at character 23, found "value"'],
    ['emails[type eq "work"].', 'expected a sub-attribute at character 23, found "."'],
    ['name familyName', 'expected the end at character 6, found "familyName"'],
    ['a..b', 'expected an attribute name at character 1, found "a..b"'],
  ])('says what is wrong with %j', (text, error) => {
    expect(parsePatchPath(text)).toEqual({ ok: false, error });
  });

  it('refuses what is too long or too deep without reading it all', () => {
    expect(parsePatchPath(`a[${'('.repeat(100_000)}`)).toEqual({
      ok: false,
      error: 'it is longer than 16384 characters',
    });
    expect(parsePatchPath(`a[${'('.repeat(10_000)}`)).toEqual({
      ok: false,
      error: 'brackets are nested deeper than 50',
    });
  });

  it('answers every text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof parsePatchPath(text).ok === 'boolean'));
  });
});
