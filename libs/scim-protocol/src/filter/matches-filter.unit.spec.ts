import { type JsonObject } from '#kernel';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { attribute } from '../schema/define-attribute.js';
import { enterpriseUserSchemaUrn } from '../schema/enterprise-user-schema.js';
import type { AttributeType } from '../schema/schema-definition.js';
import { SchemaRegistry } from '../schema/schema-registry.js';
import { comparableValue } from './comparable-value.js';
import { matchesFilter } from './matches-filter.js';
import { parseFilter } from './parse-filter.js';
import { resolveFilter } from './resolve-filter.js';
import { compareText } from './text-order.js';

const badgeUrn = 'urn:acme:2.0:User';
const registry = new SchemaRegistry([
  {
    resourceType: 'User',
    required: false,
    schema: {
      id: badgeUrn,
      name: 'Badge',
      description: '',
      attributes: [
        attribute('level', '', { type: 'integer' }),
        attribute('pin', '', { returned: 'never' }),
        attribute('secret', '', { mutability: 'writeOnly' }),
        attribute('tags', '', { multiValued: true }),
        attribute('photo', '', { type: 'binary', caseExact: true }),
      ],
    },
  },
]);

const mia: JsonObject = {
  id: 'u-1',
  meta: { created: '2026-01-31T08:00:00.000Z' },
  userName: 'Mia@Acme.test',
  externalId: 'mLind',
  active: true,
  name: { givenName: 'Mia' },
  emails: [
    { type: 'work', value: 'mia@acme.test', primary: true },
    { type: 'home', value: 'mia@home.test', primary: false },
  ],
  [enterpriseUserSchemaUrn]: { department: 'Risk', manager: { value: 'u-2' } },
  [badgeUrn]: { level: 3, tags: ['Red', 'blue'], photo: 'QUJD' },
};

function resolved(text: string) {
  const parsed = parseFilter(text);
  return parsed.ok ? resolveFilter(registry, 'User', parsed.value) : parsed;
}

function matches(text: string, resource = mia): boolean {
  const filter = resolved(text);
  if (!filter.ok) throw new Error(filter.error.detail);
  return matchesFilter(filter.value, resource);
}

describe('filters', () => {
  it.each([
    'userName eq "mia@acme.TEST"',
    'USERNAME EQ "mia@acme.test"',
    'userName co "ACME" and userName sw "mia" and userName ew ".Test"',
    'externalId eq mLind',
    'id eq "u-1" and manager eq "u-2"',
    'id eq "u-1" and urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value eq "u-2"',
    'manager[value eq "u-2"]',
    'active eq true and active eq "True" and active ne false',
    'emails eq "MIA@home.test"',
    'emails.type eq "home"',
    'emails[type eq "work" and value sw "mia@acme"]',
    'emails[type eq "work"].value eq "mia@acme.test"',
    'emails[primary eq "True"].type eq "work"',
    'not (emails[type eq "home" and value sw "mia@acme"])',
    'meta.created eq "2026-01-31T09:00:00+01:00"',
    'meta.created gt "2025-12-31" and meta.created le "2026-01-31T08:00:00"',
    'meta.location pr and meta.location ne null and not (meta.location eq null)',
    'title eq null and userName ne null and not (title pr)',
    'name pr and emails pr and emails.type pr and urn:acme:2.0:User:level pr',
    'title ne "Boss"',
    'level eq 3 and level ge "3" and level lt 10',
    'tags eq "red" and tags ne "red"',
    'photo eq "QUJD" and photo ne "qujd"',
    'userName gt "lars" and userName lt "nina"',
    'nickName pr or not (nickName pr)',
  ])('match Mia: %s', (text) => {
    expect(matches(text)).toBe(true);
  });

  it.each([
    'externalId eq "mlind"',
    'emails[type eq "home" and value sw "mia@acme"]',
    'title pr',
    'title eq "Boss"',
    'title co ""',
    'title gt ""',
    'name.familyName pr',
    'name.familyName eq "x" or active eq false',
    'not (userName ne "other" )',
    'emails[type ne "work" and type ne "home"]',
    'photo eq "qujd"',
  ])('do not match Mia: %s', (text) => {
    expect(matches(text)).toBe(false);
  });

  it.each([
    ['shoeSize eq 9', 'shoeSize', 'no such attribute'],
    ['emails.colour eq "x"', 'emails.colour', 'no such attribute'],
    ['emails[colour eq "x"]', 'emails.colour', 'no such attribute'],
    ['hasOwnProperty pr', 'hasOwnProperty', 'no such attribute'],
    ['constructor.name eq "Object"', 'constructor.name', 'no such attribute'],
    ['urn:other:2.0:User:userName eq "x"', 'urn:other:2.0:User:userName', 'no such attribute'],
    ['active gt true', 'active', '"gt" does not apply to a value of type boolean'],
    ['active co "t"', 'active', '"co" does not apply'],
    ['active eq "yes"', 'active', '"yes" is not a value of type boolean'],
    ['meta.created sw "2026"', 'meta.created', '"sw" does not apply'],
    ['meta.created gt "yesterday"', 'meta.created', '"yesterday" is not a value of type dateTime'],
    ['level eq "three"', 'level', '"three" is not a value of type integer'],
    ['photo gt "A"', 'photo', '"gt" does not apply'],
    ['userName gt null', 'userName', 'cannot compare with null'],
    ['name eq "Mia"', 'name', '"eq" does not apply to a value of type complex'],
    ['meta.location eq "https://x.test/Users/u-1"', 'meta.location', 'filter by id'],
    ['pin eq "1"', 'pin', 'never returned'],
    ['secret pr', 'secret', 'never returned'],
    ['emails[urn:a:type eq "x"]', 'urn:a:type', 'only sub-attributes'],
    ['emails[type.x eq "x"]', 'type.x', 'only sub-attributes'],
    ['userName eq "x" or shoeSize pr', 'shoeSize', 'no such attribute'],
    ['userName[value eq "x"]', 'userName.value', 'no such attribute'],
  ])('refuse %s', (text, name, reason) => {
    const filter = resolved(text);
    if (filter.ok) throw new Error('accepted');
    expect(filter.error).toMatchObject({ code: 'unfilterable', status: 400, scimType: 'invalidFilter' });
    expect(filter.error.detail).toContain(`${name} cannot be used in a filter: `);
    expect(filter.error.detail).toContain(reason);
  });

  it('take a single value as unequal exactly when it is not equal, also where there is none', () => {
    const names = fc.constantFrom('userName', 'title', 'active', 'level', 'name.givenName', 'name.familyName');
    const literals = fc.constantFrom('"true"', '"3"', '"mia"', '"Mia@acme.test"', 'null');
    fc.assert(
      fc.property(names, literals, (name, literal) => {
        const equal = resolved(`${name} eq ${literal}`);
        fc.pre(equal.ok);
        expect(matches(`${name} ne ${literal}`)).toBe(!matches(`${name} eq ${literal}`));
      }),
    );
  });

  it('find what was stored under any spelling of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
        for (const spelling of [text, text.toUpperCase(), text.normalize('NFD')]) {
          expect(matches(`displayName eq ${JSON.stringify(spelling)}`, { displayName: text })).toBe(true);
        }
      }),
    );
  });

  it('are evaluated at the greatest depth that parses', () => {
    const names = Array.from({ length: 500 }, (_, index) => `user-${index}`);
    const filter = names.map((name) => `userName eq "${name}"`).join(' or ');
    expect(names.map((userName) => matches(filter, { userName }))).not.toContain(false);
    expect(matches(filter)).toBe(false);
  });
});

describe('comparableValue', () => {
  it.each<[AttributeType, unknown, unknown]>([
    ['dateTime', '2026-01-31T08:00:00+02:00', '2026-01-31T06:00:00.000Z'],
    ['dateTime', '2026-01-31T08:00:00.1239Z', '2026-01-31T08:00:00.123Z'],
    ['dateTime', '2026-13-31T08:00:00Z', undefined],
    ['dateTime', 5, undefined],
    ['string', 'ÄÖ', 'äö'],
    ['string', 5, undefined],
    ['boolean', 'true', undefined],
    ['boolean', false, false],
    ['integer', 7, 7],
    ['complex', { value: 'x' }, undefined],
  ])('of a %s %j is %j', (type, value, comparable) => {
    expect(comparableValue(attribute('x', '', { type }), value as never)).toBe(comparable);
  });
});

describe('compareText', () => {
  it('orders text as the bytes of its UTF-8 form', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '\ud7ff', '\ue000', 'ﬁ', '\uffff', '😀', '𐀀') });
    fc.assert(
      fc.property(text, text, (left, right) => {
        expect(Math.sign(compareText(left, right))).toBe(Buffer.compare(Buffer.from(left), Buffer.from(right)));
      }),
    );
  });
});
