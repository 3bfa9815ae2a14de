import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '#kernel';
import { attribute, complex } from '../schema/define-attribute.js';
import { SchemaRegistry } from '../schema/schema-registry.js';
import { checkImmutable } from './check-immutable.js';

const urn = 'urn:acme:2.0:User';
const immutable = { mutability: 'immutable' } as const;
const registry = new SchemaRegistry([
  {
    resourceType: 'User',
    required: false,
    schema: {
      id: urn,
      name: 'Vehicle',
      description: '',
      attributes: [
        attribute('hired', '', immutable),
        complex('desk', '', [attribute('number', '', immutable), attribute('colour', '')]),
        complex('cars', '', [attribute('value', '', immutable), attribute('plate', '', immutable)], {
          multiValued: true,
        }),
      ],
    },
  },
]);

function refusal(before: JsonObject, after: JsonObject): string | undefined {
  const checked = checkImmutable(registry, 'User', { [urn]: before }, { userName: 'ada', [urn]: after });
  return checked.ok ? undefined : `${checked.error.scimType} ${checked.error.detail}`;
}

const refused = (path: string) => `mutability ${urn}:${path} cannot be changed once it has a value.`;
const cars = [
  { value: 'a', plate: '1' },
  { value: 'b', plate: '2' },
];

describe('immutable values', () => {
  it.each([
    [{}, { hired: '2020', desk: { number: '7' }, cars }],
    [
      { hired: '2020', desk: { number: '7' }, cars },
      { hired: '2020', desk: { number: '7', colour: 'red' }, cars: [...cars].reverse() },
    ],
    [{ desk: { number: '7' } }, {}],
    [{ cars }, { cars: [{ value: 'c', plate: '1' }] }],
  ])('%j may become %j', (before, after) => {
    expect(refusal(before, after)).toBeUndefined();
  });

  it.each([
    [{ hired: '2020' }, { hired: '2021' }, 'hired'],
    [{ hired: '2020' }, {}, 'hired'],
    [{ desk: { number: '7' } }, { desk: { number: '8' } }, 'desk.number'],
    [{ desk: { number: '7' } }, { desk: { colour: 'red' } }, 'desk.number'],
    [{ cars }, { cars: [{ value: 'b', plate: '1' }] }, 'cars.plate'],
  ])('%j may not become %j', (before, after, path) => {
    expect(refusal(before, after)).toBe(refused(path));
  });

  it('are kept where the whole extension is left out', () => {
    const checked = checkImmutable(registry, 'User', { [urn]: { hired: '2020' } }, { userName: 'ada' });
    expect(checked).toMatchObject({ ok: false, error: { code: 'immutable' } });
  });
});
