import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { isJsonObject, type JsonObject, type JsonValue } from '#kernel';
import { readJsonFile } from '#platform';
import { type AttributeDefinition, readSchemaRegistry } from '#scim-protocol';
import { uniqueName } from '../support/directory-requests.js';
import { expectBody, expectList } from '../support/scim-answers.js';
import { patchOp } from '../support/scim-client.js';
import { serverUnderTest } from '../support/server-under-test.js';

const schemaFile = fileURLToPath(new URL('vendor-schemas.json', import.meta.url));
const environment = { SCIM_SCHEMAS: schemaFile };
const scim = serverUnderTest(environment);
const declared = readSchemaRegistry(environment, readJsonFile);
if (!declared.ok) throw new Error(declared.error.join(' '));
const registry = declared.value;
const groupExtension = 'urn:example:scim:schemas:extension:acme:2.0:Group';

const cases = registry.resourceTypes.flatMap(({ name: type, endpoint }) =>
  registry
    .attributesOf(type)
    .filter(({ attribute }) => attribute.mutability === 'readWrite')
    .map(({ attribute, extension }) => {
      const path = extension === undefined ? attribute.name : `${extension}:${attribute.name}`;
      return { type, endpoint, extension, attribute, path };
    }),
);

it('the schemas that are served are those that are walked', async () => {
  const { totalResults, Resources: served } = expectBody(await scim.client.get('/Schemas'), 200);
  expect(totalResults).toBe(registry.schemas.length);
  const names = (served as { attributes: { name: string }[] }[]).map(({ attributes }) =>
    attributes.map(({ name }) => name),
  );
  expect(names).toEqual(registry.schemas.map(({ attributes }) => attributes.map(({ name }) => name)));
});

describe.each(cases)('$type $path', ({ type, endpoint, extension, attribute, path }) => {
  const [first, second] = [valueOf(attribute, 1), valueOf(attribute, 2)];
  const inBody = (value: JsonValue) =>
    extension === undefined ? { [attribute.name]: value } : { [extension]: { [attribute.name]: value } };
  const read = (body: JsonObject): JsonValue | undefined => {
    const holder = extension === undefined ? body : body[extension];
    return isJsonObject(holder) ? holder[attribute.name] : undefined;
  };

  it('is kept, changed, found, sorted by and removed', async () => {
    const mark = uniqueName('every');
    const required = type === 'User' ? { userName: mark } : { displayName: mark, [groupExtension]: { owner: 'mia' } };
    const created = expectBody(
      await scim.client.post(endpoint, { ...required, externalId: mark, ...inBody(first) }),
      201,
    );
    const address = `${endpoint}/${created['id'] as string}`;
    const stored = async () => read(expectBody(await scim.client.get(address), 200));
    expect(await stored()).toEqual(first);

    expect((await scim.client.patch(address, patchOp({ op: 'Replace', path, value: second }))).status).toBeLessThan(
      205,
    );
    expect(await stored()).toEqual(second);

    for (const filter of filtersFor(attribute, path, second)) {
      const found = expectBody(
        await scim.client.find(endpoint, `id eq "${created['id'] as string}" and ${filter}`),
        200,
      );
      expect({ filter, found: found['totalResults'] }).toEqual({ filter, found: 1 });
    }
    const sorted = await scim.client.find(endpoint, `id eq "${created['id'] as string}"`, {
      sortBy: sortKey(attribute, path),
    });
    expectList(sorted, { totalResults: 1 });

    if (attribute.required) return;
    expect((await scim.client.patch(address, patchOp({ op: 'Remove', path }))).status).toBeLessThan(205);
    expect(await stored()).toBeUndefined();
  });
});

/** A value of the attribute's type that no other number gives, every part that a client may write filled. */
function valueOf(attribute: AttributeDefinition, number: number): JsonValue {
  const one = attribute.type === 'complex' ? complexValue(attribute, number) : simpleValue(attribute, number);
  return attribute.multiValued ? [one] : one;
}

function complexValue({ name, subAttributes = [] }: AttributeDefinition, number: number): JsonObject {
  // A member's address and label are the server's to say.
  const written = subAttributes.filter((part) => name !== 'members' || part.name === 'value');
  const parts = written.filter(({ mutability }) => mutability !== 'readOnly');
  return Object.fromEntries(parts.map((part) => [part.name, valueOf(part, number)]));
}

function simpleValue({ type, name }: AttributeDefinition, number: number): JsonValue {
  switch (type) {
    case 'boolean':
      return number === 1;
    case 'integer':
      return number;
    case 'decimal':
      return number + 0.5;
    case 'dateTime':
      return `2026-01-0${number}T08:00:00Z`;
    case 'binary':
      return Buffer.from(`${name} ${number}`).toString('base64');
    case 'reference':
      return `https://acme.test/${uniqueName(name)}/${number}`;
    default:
      return uniqueName(`${name} "${number}" Ünï`);
  }
}

/** A complex attribute is sorted by its `value`; one without is sorted by a part of it. */
function sortKey({ subAttributes = [] }: AttributeDefinition, path: string): string {
  const [part] = subAttributes;
  return part === undefined || subAttributes.some(({ name }) => name === 'value') ? path : `${path}.${part.name}`;
}

function filtersFor(attribute: AttributeDefinition, path: string, value: JsonValue): string[] {
  const one = Array.isArray(value) ? value[0] : value;
  if (!isJsonObject(one)) return [`${path} pr`, ...equality(attribute, path, one)];
  const parts = (attribute.subAttributes ?? []).flatMap((part) =>
    equality(part, `${path}.${part.name}`, one[part.name]),
  );
  return [`${path} pr`, ...parts];
}

function equality({ type }: AttributeDefinition, path: string, value: JsonValue | undefined): string[] {
  return value === undefined || type === 'binary' ? [] : [`${path} eq ${JSON.stringify(value)}`];
}
