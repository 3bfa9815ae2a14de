import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { JsonValue } from '#kernel';
import { groupSchemaUrn as core } from '../schema/group-schema.js';
import { SchemaRegistry } from '../schema/schema-registry.js';
import { applyPatch } from './apply-patch.js';
import { members, membership, split } from './testing/split-group.js';

const registry = new SchemaRegistry();

describe('the members in a PATCH of a group', () => {
  it('are taken apart from the other attributes, whose operations keep their place', () => {
    const result = split(
      { op: 'add', path: 'members', value: members('u-1') },
      {
        op: 'replace',
        value: { displayName: 'Treasury', members: members('u-2'), [core]: { externalId: 'x', members: 'u-3' } },
      },
      { op: 'replace', path: 'displayName', value: 7 },
    );
    if (!result.ok) throw new Error(result.error.detail);
    const { attributes, membership: changes } = result.value;
    expect(changes).toEqual([
      { kind: 'add', members: members('u-1') },
      { kind: 'replace', members: members('u-2') },
      { kind: 'replace', members: members('u-3') },
    ]);
    expect(attributes.operations).toEqual([
      { index: 1, op: 'replace', value: { displayName: 'Treasury', [core]: { externalId: 'x' } } },
      { index: 2, op: 'replace', path: 'displayName', value: 7 },
    ]);
    expect(applyPatch(registry, 'Group', { displayName: 'T' }, attributes)).toMatchObject({
      error: { detail: 'Operation 2: displayName must be a string, but 7 was sent.' },
    });
  });

  it('never stay with the other attributes', () => {
    const key = fc.constantFrom('members', 'MEMBERS', 'members.value', `${core}:members`, 'displayName');
    const ids = fc.constantFrom<JsonValue>('u-1', ['u-1'], [{ value: 'u-1' }]);
    const value = fc.dictionary(key, ids);
    const nested = fc.record({ [core]: value }) as fc.Arbitrary<JsonValue>;
    const operation = fc.oneof(
      fc.record({ op: fc.constantFrom('add', 'replace'), value: fc.oneof(value, nested) }),
      fc.record({ op: fc.constantFrom('add', 'replace'), path: fc.constantFrom(core, core.toLowerCase()), value }),
      fc.record({ op: fc.constantFrom('add', 'replace', 'remove'), path: key, value: ids }),
    );
    fc.assert(
      fc.property(operation, (sent) => {
        const result = split(sent);
        if (!result.ok) throw new Error(result.error.detail);
        const rest = applyPatch(registry, 'Group', { displayName: 'T' }, result.value.attributes);
        expect(Object.keys(rest.ok ? rest.value : {})).not.toContain('members');
      }),
    );
  });

  it('are looked through for so many conditions in one request, then no more', () => {
    const removal = (conditions: number) => ({
      op: 'remove',
      path: `members[${Array.from({ length: conditions }, (_, index) => `display co "d${index}"`).join(' or ')}]`,
    });
    expect(membership(removal(3), removal(2))).toHaveLength(2);
    for (const operations of [[removal(6)], Array<JsonValue>(6).fill(removal(1))]) {
      const result = split(...operations);
      expect(result).toMatchObject({ ok: false, error: { status: 413, detail: expect.stringMatching(/^Operation /) } });
    }
  });

  it('are removed by their ids in any number', () => {
    const operations = Array.from({ length: 5_000 }, (_, index) => ({
      op: 'remove',
      path: `members[value eq "u-${index}" or value eq "v-${index}"]`,
    }));
    expect(membership(...operations)).toHaveLength(5_000);
  });

  it('leave paths with mistakes to be reported with the other attributes', () => {
    for (const path of ['members[value eq', 'members[colour eq "red"]', 'members[value eq "u-1"].colour']) {
      const result = split({ op: 'add', path, value: 'x' });
      expect(result.ok && [result.value.membership, result.value.attributes.operations]).toEqual([
        [],
        [{ index: 0, op: 'add', path, value: 'x' }],
      ]);
    }
  });

  it('are read from ten thousand operations and from a list of twenty thousand', () => {
    const operations = Array.from({ length: 10_000 }, (_, index) => ({
      op: 'remove',
      path: `members[value eq "u-${index}"]`,
    }));
    expect(membership(...operations)).toHaveLength(10_000);
    const value = Array.from({ length: 20_000 }, (_, index) => ({ $ref: null, value: `u-${index}` }));
    expect(membership({ op: 'add', path: 'members', value })).toMatchObject([
      { kind: 'add', members: { length: 20_000 } },
    ]);
  });

  it('are not read from a request that names more than twenty-five thousand, in whatever way', () => {
    const value = Array.from({ length: 10_000 }, (_, index) => `u-${index}`);
    const addition = { op: 'add', path: 'members', value };
    const path = `members[${Array.from({ length: 450 }, (_, index) => `value eq "v-${index}"`).join(' or ')}]`;
    const removals = Array<JsonValue>(30).fill({ op: 'remove', path });
    for (const operations of [
      [addition, addition, { op: 'add', value: { members: value } }],
      [addition, addition, ...removals],
    ]) {
      const detail = 'The request names more than 25000 members. Add and remove them in several PATCH requests.';
      expect(split(...operations)).toMatchObject({ ok: false, error: { status: 413, detail } });
    }
  });

  it('are read from any value without a fault', () => {
    const path = fc.constantFrom(
      'members',
      'members.value',
      'members[value eq "a"]',
      'members[value eq "a"].display',
      'members[type pr]',
    );
    const key = fc.constantFrom('members', 'displayName', core, '__proto__', 'members[value eq "a"]');
    const value = fc.oneof(fc.jsonValue(), fc.dictionary(key, fc.jsonValue())) as fc.Arbitrary<JsonValue>;
    const operation = fc.record({ op: fc.constantFrom('add', 'replace', 'remove'), path, value });
    const pathless = fc.record({ op: fc.constantFrom('add', 'replace'), value });
    fc.assert(
      fc.property(fc.oneof(operation, pathless), (sent) => {
        const result = split(sent);
        if (!result.ok) expect(result.error.status).toBe(400);
        else if (sent.op === 'add')
          expect(result.value.membership.some(({ kind }) => kind === 'remove-all')).toBe(false);
      }),
    );
  });
});
