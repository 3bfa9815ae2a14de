import { describe, expect, it } from '@jest/globals';
import { enterpriseUserSchemaUrn } from '../schema/enterprise-user-schema.js';
import { SchemaRegistry } from '../schema/schema-registry.js';
import { userSchemaUrn } from '../schema/user-schema.js';
import { attribute } from '../schema/define-attribute.js';
import { type AttributeParameters, parseAttributeSelection } from './attribute-selection.js';

const badgeUrn = 'urn:acme:scim:badge';
const registry = new SchemaRegistry([
  {
    resourceType: 'User',
    required: false,
    schema: {
      id: badgeUrn,
      name: 'Badge',
      description: '',
      attributes: [attribute('badge', '', { returned: 'always' }), attribute('door', '')],
    },
  },
]);

const resource = {
  schemas: [userSchemaUrn, enterpriseUserSchemaUrn],
  id: 'u-1',
  userName: 'ada',
  name: { givenName: 'Ada', familyName: 'Lovelace' },
  emails: [
    { value: 'a@b.test', type: 'work' },
    { value: 'c@d.test', type: 'home' },
  ],
  [enterpriseUserSchemaUrn]: { department: 'Risk', manager: { value: 'u-2' } },
  [badgeUrn]: { badge: 'B7', door: 'D1' },
  meta: { resourceType: 'User', version: 'W/"3"' },
};
const always = { schemas: resource.schemas, id: 'u-1', [badgeUrn]: { badge: 'B7' } };

function answer(parameters: AttributeParameters) {
  return parseAttributeSelection(registry, 'User', parameters)?.apply(resource);
}

describe('attribute selection', () => {
  it.each([
    ['userName', { userName: 'ada' }],
    ['USERNAME, name.GivenName', { userName: 'ada', name: { givenName: 'Ada' } }],
    ['name.givenName,name', { name: resource.name }],
    ['name,name.givenName', { name: resource.name }],
    ['emails.value', { emails: [{ value: 'a@b.test' }, { value: 'c@d.test' }] }],
    ['emails[type eq "work"]', { emails: resource.emails }],
    ['emails[type eq "a,b"].type', { emails: [{ type: 'work' }, { type: 'home' }] }],
    ['emails.display', {}],
    ['department', { [enterpriseUserSchemaUrn]: { department: 'Risk' } }],
    [enterpriseUserSchemaUrn.toLowerCase(), { [enterpriseUserSchemaUrn]: resource[enterpriseUserSchemaUrn] }],
    [`${enterpriseUserSchemaUrn}:manager.value`, { [enterpriseUserSchemaUrn]: { manager: { value: 'u-2' } } }],
    [`${userSchemaUrn}:userName`, { userName: 'ada' }],
    [userSchemaUrn, { userName: 'ada', name: resource.name, emails: resource.emails }],
    ['meta.version', { meta: { version: 'W/"3"' } }],
    ['shoeSize,__proto__,constructor.name,[,a.b.c', {}],
  ])('answers attributes=%s with these alone', (attributes, expected) => {
    expect(answer({ attributes: [attributes] })).toEqual({ ...always, ...expected });
  });

  it.each([
    ['emails,name', ['emails', 'name']],
    ['meta', ['meta']],
    ['id,schemas,shoeSize', []],
    [enterpriseUserSchemaUrn, [enterpriseUserSchemaUrn]],
  ])('answers excludedAttributes=%s with everything else', (excludedAttributes, absent) => {
    const rest = Object.entries(resource).filter(([name]) => !absent.includes(name));
    expect(answer({ excludedAttributes: [excludedAttributes] })).toEqual(Object.fromEntries(rest));
  });

  it('leaves out single sub-attributes, but not what is always returned', () => {
    expect(answer({ excludedAttributes: ['name.familyName,manager', `emails.value,${badgeUrn}`] })).toEqual({
      ...resource,
      name: { givenName: 'Ada' },
      emails: [{ type: 'work' }, { type: 'home' }],
      [enterpriseUserSchemaUrn]: { department: 'Risk' },
      [badgeUrn]: { badge: 'B7' },
    });
  });

  it('answers everything where nothing is asked for', () => {
    expect(answer({})).toBeUndefined();
    expect(answer({ attributes: [''], excludedAttributes: [' , '] })).toBeUndefined();
  });

  it('never answers what is excluded, even where it is asked for too', () => {
    expect(answer({ attributes: ['userName,emails'], excludedAttributes: ['emails'] })).toEqual({
      ...always,
      userName: 'ada',
    });
  });

  it('says what need not be loaded', () => {
    const group = (parameters: AttributeParameters) => parseAttributeSelection(registry, 'Group', parameters);
    expect(group({ excludedAttributes: ['members'] })?.wants('members')).toBe(false);
    expect(group({ excludedAttributes: ['members.display'] })?.wants('members')).toBe(true);
    expect(group({ attributes: ['displayName'] })?.wants('members')).toBe(false);
    expect(group({ attributes: ['Members.value'] })?.wants('members')).toBe(true);
  });

  it('says what is answered whole', () => {
    const wantsWhole = (parameters: AttributeParameters) =>
      parseAttributeSelection(registry, 'Group', parameters)?.wantsWhole('members');
    expect(wantsWhole({ attributes: ['members'] })).toBe(true);
    expect(wantsWhole({ attributes: ['members,members.value'] })).toBe(true);
    expect(wantsWhole({ excludedAttributes: ['displayName'] })).toBe(true);
    expect(wantsWhole({ attributes: ['members.value'] })).toBe(false);
    expect(wantsWhole({ attributes: ['displayName'] })).toBe(false);
    expect(wantsWhole({ excludedAttributes: ['members.display'] })).toBe(false);
    expect(wantsWhole({ attributes: ['members'], excludedAttributes: ['members'] })).toBe(false);
  });

  it('says when a stored head can be answered as it is', () => {
    const keepsHead = (parameters: AttributeParameters) =>
      parseAttributeSelection(registry, 'Group', parameters)?.keepsHead;
    expect(keepsHead({ excludedAttributes: ['members'] })).toBe(true);
    expect(keepsHead({ excludedAttributes: ['members,meta'] })).toBe(false);
    expect(keepsHead({ excludedAttributes: ['members.display'] })).toBe(false);
    expect(keepsHead({ attributes: ['displayName'] })).toBe(false);
  });

  it('takes a hostile list of names in its stride', () => {
    const attributes = `${'['.repeat(200_000)},${'a,'.repeat(200_000)}`;
    expect(answer({ attributes: [attributes] })).toEqual(always);
  });
});
