import { describe, expect, it } from '@jest/globals';
import { enterpriseUserSchemaUrn as enterprise } from '../schema/enterprise-user-schema.js';
import { mia, patched, refusal, vehicleUrn } from './testing/patch-user.js';

describe('a path', () => {
  it.each([
    ['emails[type eq "work"', 'invalidPath', 'expected "and", "or" or "]" at character 22, found the end'],
    ['emails[', 'invalidPath', 'expected an attribute name at character 8, found the end'],
    ['first name', 'invalidPath', 'expected the end at character 7, found "name"'],
    ['__proto__', 'invalidPath', 'expected an attribute name at character 1'],
    ['title[value eq "x"]', 'invalidPath', 'title has no sub-attributes to filter by'],
    ['emails[colour eq "x"].value', 'invalidFilter', 'emails.colour cannot be used in a filter'],
    ['emails[primary gt true].value', 'invalidFilter', '"gt" does not apply'],
    ['id', 'mutability', 'Operation 0: id is read-only.'],
    ['meta.created', 'mutability', 'Operation 0: meta.created is read-only.'],
    ['groups[value eq "g-1"]', 'mutability', 'Operation 0: groups is read-only.'],
    [`${enterprise}:manager.displayName`, 'mutability', `Operation 0: ${enterprise}:manager.displayName is read-only.`],
  ])('%s is refused', (path, scimType, reason) => {
    const [actual, detail] = refusal(mia, { op: 'add', path, value: 'x' });
    expect([actual, detail?.includes(reason) && detail.toLowerCase().includes('operation 0')]).toEqual([
      scimType,
      true,
    ]);
  });

  it.each([
    'shoeSize',
    'shoe.size',
    'name.colour',
    'emails[type eq "work"].colour',
    'urn:other:2.0:User:x',
    `${enterprise}:userName`,
    'constructor',
    'name.constructor',
    'urn:constructor:x',
  ])('%s to something unknown is left out', (path) => {
    expect(
      patched(mia, { op: 'add', path, value: 'x' }, { op: 'replace', path, value: null }, { op: 'remove', path }),
    ).toEqual(mia);
  });

  it('is needed where the value is no object', () => {
    expect(refusal(mia, { op: 'add', value: 'x' })).toEqual([
      'invalidValue',
      'Operation 0: without a path the value must be an object.',
    ]);
    expect(refusal(mia, { op: 'add', value: { [enterprise]: 'x' } })[0]).toBe('invalidValue');
    expect(refusal(mia, { op: 'add', value: { 'emails[type eq': 'x' } })[0]).toBe('invalidPath');
  });
});

describe('what a schema demands', () => {
  it('keeps an immutable attribute once it has a value', () => {
    const path = `${vehicleUrn}:hired`;
    const hired = patched(mia, { op: 'add', path, value: '2020' });
    expect(patched(hired, { op: 'replace', path, value: '2020' })).toEqual(hired);
    for (const operation of [
      { op: 'replace', path, value: '2021' },
      { op: 'remove', path },
    ]) {
      expect(refusal(hired, operation)).toEqual([
        'mutability',
        `Operation 0: ${path} cannot be changed once it has a value.`,
      ]);
    }
  });

  it('asks for the required parts of a value when all operations are applied', () => {
    const colour = { op: 'add', path: `${vehicleUrn}:vehicles.colour`, value: 'red' };
    const plate = { op: 'add', path: `${vehicleUrn}:vehicles.plate`, value: 'A 1' };
    expect(patched(mia, colour, plate)[vehicleUrn]).toEqual({ vehicles: [{ colour: 'red', plate: 'A 1' }] });
    expect(refusal(mia, colour)).toEqual([
      'invalidValue',
      `${vehicleUrn}:vehicles[0].plate is required and must not be empty.`,
    ]);
  });
});
