import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { JsonObject, JsonValue } from '#kernel';
import { readResource } from '../representation/read-resource.js';
import { SchemaRegistry } from '../schema/schema-registry.js';
import { applyPatch } from './apply-patch.js';
import { printTarget } from '../schema/attribute-path.js';
import { readPatchRequest } from './read-patch-request.js';

const registry = new SchemaRegistry();

function apply(document: JsonObject, ...Operations: JsonValue[]) {
  const request = readPatchRequest({ Operations }, { mostOperations: 100 });
  if (!request.ok) throw new Error(request.error.detail);
  return applyPatch(registry, 'User', document, request.value);
}

function patched(document: JsonObject, ...operations: JsonValue[]): JsonObject {
  const result = apply(document, ...operations);
  if (!result.ok) throw new Error(result.error.detail);
  return result.value;
}

const text = fc
  .string({ minLength: 1, unit: 'grapheme' })
  .filter((value) => !value.includes('\0') && value.isWellFormed());
const kind = fc.constantFrom('work', 'home', 'other');
const listed = fc.uniqueArray(fc.record({ type: kind, value: text }), {
  selector: ({ type }) => type,
  minLength: 1,
  maxLength: 3,
});

const writable = registry.attributesOf('User').filter(({ attribute }) => attribute.mutability === 'readWrite');
const valueOf = new Map<string, fc.Arbitrary<JsonValue>>(
  writable.map((target) => {
    const { name, type, multiValued } = target.attribute;
    if (name === 'name') return [name, fc.record({ givenName: text, familyName: text })];
    if (name === 'manager') return [printTarget(target), fc.record({ value: text })];
    if (name === 'addresses') return [name, fc.array(fc.record({ locality: text }), { minLength: 1, maxLength: 2 })];
    if (name === 'x509Certificates') return [name, fc.constant([{ value: 'QUJD' }])];
    if (multiValued) return [name, listed];
    return [printTarget(target), type === 'boolean' ? fc.boolean() : text];
  }),
);

const paths = [...valueOf.keys()];
const settings = fc.record(Object.fromEntries(valueOf), { requiredKeys: ['userName'] }) as fc.Arbitrary<JsonObject>;
const documents = settings.map((values) => patched({ userName: 'x' }, { op: 'replace', value: values }));
const assignments = fc
  .constantFrom(...paths)
  .chain((path) => fc.record({ path: fc.constant(path), value: valueOf.get(path) as fc.Arbitrary<JsonValue> }));

const valuePaths = [
  'name.givenName',
  'emails[type eq "work"].value',
  'emails[type eq "work"]',
  'emails[primary eq "True"].value',
  'emails.value',
  'manager',
  'manager.value',
  'addresses[type eq "work"].locality',
  'roles',
  'active',
  'userName',
  'title',
  'emails',
  'emails[type ne "x"].primary',
  'id',
  'x.y',
];

describe('a PATCH', () => {
  it('of one attribute never changes another', () => {
    const operation = fc.oneof(
      assignments.map((assignment) => ({ op: 'replace', ...assignment })),
      assignments.map((assignment) => ({ op: 'add', ...assignment })),
      assignments.map(({ path, value }) => ({ op: 'replace', value: { [path]: value } })),
      assignments.map(({ path }) => ({ op: 'remove', path })),
    );
    const flat = (document: JsonObject) =>
      new Map(
        writable.map((target) => {
          const holder = (target.extension === undefined ? document : document[target.extension]) as
            JsonObject | undefined;
          return [printTarget(target), JSON.stringify(holder?.[target.attribute.name])];
        }),
      );
    fc.assert(
      fc.property(documents, operation, (document, sent) => {
        const result = apply(document, sent);
        fc.pre(result.ok);
        const [before, after] = [flat(document), flat(result.value)];
        const named = 'path' in sent ? sent.path : Object.keys(sent.value)[0];
        for (const path of paths) if (path !== named) expect(after.get(path)).toBe(before.get(path));
      }),
    );
  });

  it('of every attribute by replace reads back what was written, and twice is once', () => {
    fc.assert(
      fc.property(documents, assignments, (document, assignment) => {
        const operation = { op: 'replace', ...assignment };
        const once = patched(document, operation);
        expect(patched(once, operation)).toEqual(once);
        expect(patched(document, operation, operation)).toEqual(once);
        expect(patched(document, { op: 'replace', value: { [assignment.path]: assignment.value } })).toEqual(once);
      }),
    );
  });

  it('leaves a document that is in canonical form, whatever is sent', () => {
    const value = fc.oneof(
      text,
      fc.constantFrom<JsonValue>(null, '', 'True', {}, []),
      listed,
      fc.record({ value: text, primary: fc.boolean() }),
      fc.jsonValue(),
    ) as fc.Arbitrary<JsonValue>;
    const path = fc.constantFrom(...valuePaths, ...paths);
    const operation = fc.oneof(
      fc.record({ op: fc.constantFrom('add', 'replace', 'remove'), path, value }),
      fc.record({ op: fc.constantFrom('add', 'replace'), value: fc.dictionary(path, value) }),
    );
    fc.assert(
      fc.property(documents, fc.array(operation, { minLength: 1, maxLength: 4 }), (document, operations) => {
        const before = structuredClone(document);
        const result = apply(document, ...operations);
        expect(document).toEqual(before);
        if (result.ok) expect(readResource(registry, 'User', result.value)).toEqual({ ok: true, value: result.value });
        else expect(result.error.status).toBe(400);
      }),
      { numRuns: 1_000 },
    );
  });
});
