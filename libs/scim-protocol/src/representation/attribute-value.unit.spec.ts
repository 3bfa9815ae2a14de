import { describe, expect, it } from '@jest/globals';
import { attribute, complex } from '../schema/define-attribute.js';
import type { AttributeDefinition, AttributeType } from '../schema/schema-definition.js';
import { SchemaRegistry } from '../schema/schema-registry.js';
import { readAttributeValue } from './attribute-value.js';

const registry = new SchemaRegistry();

function named(name: string): AttributeDefinition {
  const found = registry.resolve('User', { attribute: name }) ?? registry.resolve('Group', { attribute: name });
  if (found === undefined) throw new Error(`no attribute ${name}`);
  return found.attribute;
}

const read = (name: string, value: unknown) => readAttributeValue(named(name), value, name);
const readTyped = (type: AttributeType, value: unknown) => readAttributeValue(attribute('x', '', { type }), value, 'x');

describe('reading a value', () => {
  it.each([null, undefined, '', []])('takes %j as no value', (value) => {
    for (const name of ['title', 'active', 'name', 'manager', 'emails', 'members']) {
      expect(read(name, value)).toEqual({ ok: true, value: undefined });
    }
  });

  it.each([
    [true, true],
    ['True', true],
    ['true', true],
    ['FALSE', false],
    ['False', false],
  ])('takes %j as the boolean %j', (sent, meant) => {
    expect(read('active', sent)).toEqual({ ok: true, value: meant });
    expect(read('emails', [{ value: 'a', primary: sent }])).toEqual({
      ok: true,
      value: [{ value: 'a', primary: meant }],
    });
  });

  it.each(['yes', 1, 0, {}, ['true'], 'falsehood'])('refuses %j as a boolean', (sent) => {
    expect(read('active', sent)).toMatchObject({ ok: false, error: { code: 'wrongType' } });
  });

  it.each(['u-2', ['u-2'], { value: 'u-2' }, { Value: 'u-2' }, [{ $ref: null, value: 'u-2' }]])(
    'takes %j as the manager u-2',
    (sent) => {
      expect(read('manager', sent)).toEqual({ ok: true, value: { value: 'u-2' } });
    },
  );

  it.each([
    '',
    null,
    [],
    {},
    { value: '' },
    { value: null },
    [{ value: '' }],
    { value: '', $ref: 'https://a.test/u-2' },
  ])('takes %j as no manager', (sent) => {
    expect(read('manager', sent)).toEqual({ ok: true, value: undefined });
  });

  it('leaves out what the server decides and what the schema does not know', () => {
    const sent: unknown = JSON.parse('{"value":"u-2","displayName":"Ada","colour":"red","__proto__":{"$ref":"x"}}');
    expect(read('manager', sent)).toEqual({ ok: true, value: { value: 'u-2' } });
  });

  it.each([
    [['rust', 'chess']],
    [[{ value: 'rust' }, { $ref: null, value: 'chess' }]],
    [[{ Value: 'rust' }, { value: null }, 'chess']],
  ])('takes %j as a list of two texts', (sent) => {
    const skills = attribute('skills', '', { multiValued: true });
    expect(readAttributeValue(skills, sent, 'skills')).toEqual({ ok: true, value: ['rust', 'chess'] });
  });

  it('takes an object with a text for one of a list only', () => {
    expect(read('title', { value: 'Lead' })).toMatchObject({ ok: false, error: { code: 'wrongType' } });
    const floors = attribute('floors', '', { type: 'integer', multiValued: true });
    expect(readAttributeValue(floors, [{ value: 3 }, { type: 'x' }], 'floors')).toMatchObject({
      error: { detail: 'floors[1] must be a whole number, but an object was sent.' },
    });
  });

  it('wraps a single value of a multi-valued attribute', () => {
    expect(read('emails', { value: 'a@b.test', type: 'work' })).toEqual({
      ok: true,
      value: [{ value: 'a@b.test', type: 'work' }],
    });
    expect(read('members', ['u-1', { value: 'u-2', $ref: null }, 'u-3'])).toEqual({
      ok: true,
      value: [{ value: 'u-1' }, { value: 'u-2' }, { value: 'u-3' }],
    });
  });

  it('drops values that say nothing', () => {
    expect(read('emails', [null, '', {}, { type: 'work', value: '' }, { value: 'a@b.test' }])).toEqual({
      ok: true,
      value: [{ value: 'a@b.test' }],
    });
    expect(read('addresses', [{ type: 'work', primary: true, formatted: '' }])).toEqual({ ok: true, value: undefined });
    expect(read('addresses', [{ type: 'work', primary: true }])).toEqual({
      ok: true,
      value: [{ type: 'work', primary: true }],
    });
  });

  it('names the place of a wrong type', () => {
    const details = [
      read('title', 7),
      read('name', { givenName: ['A'] }),
      read('name', 'Ada'),
      read('emails', ['a', { value: { x: 1 } }]),
      read('emails', 5),
    ].map((result) => (result.ok ? 'accepted' : result.error.detail));
    expect(details).toEqual([
      'title must be a string, but 7 was sent.',
      'name.givenName must be a string, but a list was sent.',
      "name must be an object, but 'Ada' was sent.",
      'emails[1].value must be a string, but an object was sent.',
      'emails must be an object, but 5 was sent.',
    ]);
  });

  it('refuses text beyond what stays cheap to compare, and keeps text up to that', () => {
    const longest = 'x'.repeat(65_536);
    expect(read('title', longest)).toEqual({ ok: true, value: longest });
    expect(read('title', `${longest}x`)).toMatchObject({ ok: false, error: { status: 400, code: 'textTooLong' } });
    const photo = `data:image/png;base64,${'A'.repeat(500_000)}`;
    expect(read('photos', [{ value: photo }])).toMatchObject({ ok: true });
    expect(read('photos', [{ value: photo.repeat(3) }])).toMatchObject({ ok: false, error: { code: 'textTooLong' } });
  });

  it.each(['a\0b', 'half \ud800'])('refuses text that no store can keep', (text) => {
    expect(read('title', text)).toMatchObject({ ok: false, error: { code: 'invalidText' } });
    expect(read('emails', [{ value: text }])).toMatchObject({ ok: false, error: { code: 'invalidText' } });
  });

  it('refuses a second primary value', () => {
    const both = [
      { value: 'a', primary: true },
      { value: 'b', primary: 'True' },
    ];
    expect(read('emails', both)).toMatchObject({ ok: false, error: { code: 'severalPrimary' } });
  });

  it('keeps text exactly as it was sent', () => {
    for (const text of [' Mia ', 'not/a locale', 'ÅÄÖ', 'Ａ', '😀', 'upd-7f3a91c2']) {
      expect(read('locale', text)).toEqual({ ok: true, value: text });
      expect(read('profileUrl', text)).toEqual({ ok: true, value: text });
    }
  });

  it.each<[AttributeType, unknown[], unknown[]]>([
    ['integer', [0, -3, 2 ** 53 - 1], [1.5, 2 ** 53, '7', true]],
    ['decimal', [0.5, -1e300], [Infinity, NaN, '0.5', {}]],
    [
      'dateTime',
      ['2026-01-31T08:00:00Z', '2026-01-31T08:00:00.123456+02:00', '2024-02-29T23:59:59-12:00', '0001-01-01T00:00:00Z'],
      ['2026-01-31', '2026-13-01T00:00:00Z', '2026-02-30T00:00:00Z', '2025-02-29T00:00:00+01:00', 5],
    ],
    ['binary', ['QUJD', 'QQ==', '-_8='], ['not base64!', 5]],
    ['reference', ['https://a.test', '../x', 'anything'], [5, {}]],
  ])('checks a custom %s', (type, good, bad) => {
    for (const value of good) expect(readTyped(type, value)).toEqual({ ok: true, value });
    for (const value of bad) expect(readTyped(type, value)).toMatchObject({ ok: false, error: { code: 'wrongType' } });
  });

  it('asks for the required parts of a value that is there', () => {
    const vehicle = complex('vehicle', '', [attribute('plate', '', { required: true }), attribute('colour', '')]);
    expect(readAttributeValue(vehicle, { colour: 'red' }, 'vehicle')).toMatchObject({
      ok: false,
      error: { code: 'requiredMissing', detail: 'vehicle.plate is required and must not be empty.' },
    });
    expect(readAttributeValue(vehicle, {}, 'vehicle')).toEqual({ ok: true, value: undefined });
  });
});
