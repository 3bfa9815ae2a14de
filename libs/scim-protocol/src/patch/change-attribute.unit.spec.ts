import { describe, expect, it } from '@jest/globals';
import type { JsonValue } from '#kernel';
import { home, mia, patched, refusal, vehicleUrn, work } from './testing/patch-user.js';

describe('a value path', () => {
  it.each(['Add', 'Replace'])('creates the value that its filter describes: %s', (op) => {
    const document = patched(
      { ...mia, emails: [home] },
      { op, path: 'emails[type eq "work"].value', value: 'w' },
      { op, path: 'emails[TYPE eq "Work"].primary', value: 'true' },
      { op, path: 'addresses[type eq "work"].locality', value: 'Lund' },
      { op, path: 'addresses[type eq "work"].region', value: 'Skane' },
      { op, path: 'roles[primary eq "True"].value', value: '{"id":"r-1"}' },
      { op, path: 'roles[primary eq "True"].display', value: 'Editor' },
      { op, path: 'ims[type eq "xmpp" and primary eq true].value', value: 'mia@x' },
      { op, path: 'phoneNumbers[value eq 5550199].type', value: 'fax' },
    );
    expect(document).toEqual({
      ...mia,
      emails: [home, { type: 'work', value: 'w', primary: true }],
      addresses: [{ type: 'work', locality: 'Lund', region: 'Skane' }],
      roles: [{ primary: true, value: '{"id":"r-1"}', display: 'Editor' }],
      ims: [{ type: 'xmpp', primary: true, value: 'mia@x' }],
      phoneNumbers: [{ value: '5550199', type: 'fax' }],
    });
  });

  it.each(['Add', 'Replace'])('overwrites the value that is there: %s', (op) => {
    const document = { ...mia, emails: [home, work] };
    expect(patched(document, { op, path: 'emails[type eq "work"].value', value: 'new' }).emails).toEqual([
      home,
      { ...work, value: 'new' },
    ]);
    expect(patched(document, { op, path: 'emails[primary eq "True"].type', value: 'other' }).emails).toEqual([
      home,
      { ...work, type: 'other' },
    ]);
  });

  it('merges with add and replaces with replace, keeping what it was found by', () => {
    const document = { ...mia, addresses: [{ type: 'work', locality: 'Lund', region: 'Skane' }] };
    const path = 'addresses[type eq "work"]';
    expect(patched(document, { op: 'add', path, value: { locality: 'Ystad' } }).addresses).toEqual([
      { type: 'work', locality: 'Ystad', region: 'Skane' },
    ]);
    expect(patched(document, { op: 'replace', path, value: { locality: 'Ystad' } }).addresses).toEqual([
      { type: 'work', locality: 'Ystad' },
    ]);
    expect(patched(mia, { op: 'replace', path: 'emails[type eq "work"]', value: 'w' }).emails).toEqual([
      { type: 'work', value: 'w' },
    ]);
    expect(patched(document, { op: 'replace', path, value: {} })).toEqual(mia);
    expect(patched(document, { op: 'add', path, value: {} })).toEqual(document);
  });

  it.each([null, '', { value: '' }, { value: null }])(
    'unassigns by %j and goes where only its marks are left',
    (value) => {
      const emails = [{ ...work, display: 'Work' }, home];
      expect(patched({ ...mia, emails }, { op: 'Replace', path: 'emails[type eq "work"]', value }).emails).toEqual([
        home,
      ]);
    },
  );

  it('goes without its value, and stays while anything else says something', () => {
    const emails = [{ ...work, display: 'Work' }];
    const addresses = [{ type: 'work', primary: true, locality: 'Lund', region: 'Skane' }];
    const cleared = patched(
      { ...mia, emails, addresses },
      { op: 'Replace', path: 'emails[type eq "work"].value', value: '' },
      { op: 'Replace', path: 'addresses[type eq "work"].region', value: null },
      { op: 'Add', path: 'phoneNumbers[type eq "fax"].value', value: null },
      { op: 'Replace', path: 'ims[not (type eq "x")].value', value: '' },
    );
    expect(cleared).toEqual({ ...mia, addresses: [{ type: 'work', primary: true, locality: 'Lund' }] });
    expect(patched(cleared, { op: 'Remove', path: 'addresses[type eq "work"].locality' })).toEqual(mia);
  });

  it.each([
    'type ne "home"',
    'type eq "work" or type eq "other"',
    'not (type eq "home")',
    'value sw "x"',
    'type pr',
    'type eq "a" and type eq "b"',
  ])('has no target where the filter [%s] selects none and describes none', (filter) => {
    const path = `emails[${filter}].value`;
    expect(refusal(mia, { op: 'replace', path, value: 'x' })).toEqual([
      'noTarget',
      `Operation 0: the path '${path}' matches nothing to change.`,
    ]);
  });

  it('is named in a refusal of its value', () => {
    for (const path of ['emails[type eq "work"].value', 'emails.value']) {
      expect(refusal(mia, { op: 'add', path, value: 5 })).toEqual([
        'invalidValue',
        'Operation 0: emails.value must be a string, but 5 was sent.',
      ]);
    }
  });

  it('changes every value that its filter selects', () => {
    const emails = [work, home, { value: 'x' }];
    expect(patched({ ...mia, emails }, { op: 'replace', path: 'emails[type pr].display', value: 'D' }).emails).toEqual([
      { ...work, display: 'D' },
      { ...home, display: 'D' },
      { value: 'x' },
    ]);
  });

  it('without a filter means the only value, creates one, and is refused among several', () => {
    const operation = { op: 'replace', path: 'emails.value', value: 'new' };
    expect(patched(mia, operation).emails).toEqual([{ value: 'new' }]);
    expect(patched({ ...mia, emails: [work] }, operation).emails).toEqual([{ ...work, value: 'new' }]);
    expect(refusal({ ...mia, emails: [work, home] }, operation)).toEqual([
      'invalidPath',
      "Operation 0: the path 'emails.value' is not valid: emails has 2 values; say which one with a filter.",
    ]);
    expect(patched({ ...mia, emails: [work, home] }, { op: 'remove', path: 'emails.type' }).emails).toEqual([
      { value: work.value, primary: true },
      { value: home.value },
    ]);
  });
});

describe('a multi-valued attribute', () => {
  it('takes up added values once', () => {
    const added = patched(
      { ...mia, emails: [work], [vehicleUrn]: { tags: ['a'] } },
      { op: 'Add', path: 'emails', value: [home, { type: 'WORK', value: 'MLIND@acme.test', display: 'W' }, home] },
      { op: 'Add', path: 'emails', value: home },
      { op: 'Add', path: 'addresses', value: [{ locality: 'Lund' }, { locality: 'Lund' }] },
      { op: 'Add', path: `${vehicleUrn}:tags`, value: ['A', 'b'] },
      { op: 'Add', path: 'emails', value: [] },
    );
    expect(added).toEqual({
      ...mia,
      emails: [{ type: 'WORK', value: 'MLIND@acme.test', primary: true, display: 'W' }, home],
      addresses: [{ locality: 'Lund' }],
      [vehicleUrn]: { tags: ['A', 'b'] },
    });
  });

  it('is replaced as a whole', () => {
    expect(patched({ ...mia, emails: [work] }, { op: 'Replace', path: 'emails', value: [home] }).emails).toEqual([
      home,
    ]);
    expect(patched({ ...mia, emails: [work] }, { op: 'replace', value: { emails: home } }).emails).toEqual([home]);
  });

  it('keeps role values as they were sent, JSON in a string too', () => {
    const value = '{"id":"r-1","value":"Editor","displayName":"Editor"}';
    expect(patched(mia, { op: 'Add', path: 'roles', value: [{ value }] }).roles).toEqual([{ value }]);
  });

  it('has one primary value, the one that was set last', () => {
    const other = { ...home, primary: true };
    for (const operation of [
      { op: 'add', path: 'emails', value: [other] },
      { op: 'replace', path: 'emails[type eq "home"].primary', value: 'True' },
      { op: 'add', path: 'emails[type eq "home"]', value: { primary: true } },
      { op: 'replace', value: { 'emails[type eq "home"].primary': true } },
    ]) {
      expect(patched({ ...mia, emails: [work, home] }, operation).emails).toEqual([{ ...work, primary: false }, other]);
    }
    expect(
      refusal({ ...mia, emails: [work, home] }, { op: 'add', path: 'emails[type pr].primary', value: true }),
    ).toEqual(['invalidValue', 'Operation 0: emails has more than one value marked as primary.']);
  });

  it('loses the listed values only, whatever else was said about them', () => {
    const document = { ...mia, emails: [work, home, { value: 'x' }] };
    const remove = (value: JsonValue) => patched(document, { op: 'Remove', path: 'emails', value }).emails;
    expect(remove([{ value: 'MLIND@acme.test' }, { value: 'y' }])).toEqual([home, { value: 'x' }]);
    expect(remove([{ ...home, display: 'any' }])).toEqual([work, { value: 'x' }]);
    expect(remove([{ value: home.value, type: 'work' }])).toEqual(document.emails);
    expect(remove('x')).toEqual([work, home]);
    for (const nothing of [[], '', [{ value: null }]]) expect(remove(nothing)).toEqual(document.emails);
  });

  it('loses all values where null stands for the list', () => {
    expect(patched({ ...mia, emails: [work, home] }, { op: 'remove', path: 'emails', value: null })).toEqual(mia);
  });
});

describe('a value that a filter describes and nothing fills', () => {
  it.each([
    { op: 'Replace', path: 'emails[type eq "work"].type', value: 'other' },
    { op: 'Add', path: 'emails[type eq "work"].primary', value: 'True' },
    { op: 'Add', path: 'emails[type eq "work"]', value: { primary: true } },
  ])('is not kept: %j', (operation) => {
    expect(patched(mia, operation)).toEqual(mia);
    expect(patched({ ...mia, emails: [home] }, operation)).toMatchObject({ emails: [{ value: home.value }] });
  });

  it('is kept where a later operation fills it', () => {
    const primary = { op: 'Add', path: 'emails[type eq "work"].primary', value: 'True' };
    const value = { op: 'Add', path: 'emails[type eq "work"].value', value: work.value };
    expect(patched(mia, primary, value)).toEqual({ ...mia, emails: [work] });
  });

  it('is kept where it was written outright', () => {
    const emails = [{ type: 'work' }];
    expect(patched(mia, { op: 'Add', path: 'emails', value: emails })).toEqual({ ...mia, emails });
  });
});
