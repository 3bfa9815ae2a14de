import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { JsonValue } from '#kernel';
import type { BulkRequest } from './bulk-request.js';
import { referredBulkId } from './bulk-reference.js';
import { planBulk } from './plan-bulk.js';
import { readBulkRequest } from './read-bulk-request.js';

const group = (bulkId: string, ...members: string[]) => ({
  method: 'POST',
  path: '/Groups',
  bulkId,
  data: { displayName: bulkId, members: members.map((member) => ({ value: `bulkId:${member}` })) },
});
const patch = (id: string, ...members: string[]) => ({
  method: 'PATCH',
  path: `/Groups/${id}`,
  data: { Operations: [{ op: 'add', path: 'members', value: members.map((member) => `bulkId:${member}`) }] },
});

function requestOf(operations: readonly unknown[]): BulkRequest {
  const request = readBulkRequest({ Operations: operations }, { maxOperations: 10_000 });
  if (!request.ok) throw new Error(request.error.detail);
  return request.value;
}

/** The plan as text: `1(b)` is operation 1 with b deferred, `+1` its completion. */
function plan(...operations: unknown[]): string {
  const steps = planBulk(requestOf(operations));
  return steps
    .map(({ kind, index, deferred }) => {
      if (kind === 'complete') return `+${index}`;
      return deferred.size > 0 ? `${index}(${[...deferred].join()})` : `${index}`;
    })
    .join(' ');
}

describe('plan of a bulk request', () => {
  it('is the order of the request where every reference goes back', () => {
    expect(plan(group('a'), group('b', 'a'), patch('bulkId:b', 'a'), group('c'))).toBe('0 1 2 3');
  });

  it('lets an operation wait for the POSTs further down that it refers to', () => {
    expect(plan(group('a', 'c'), patch('7', 'b'), group('b'), group('c'), group('d'))).toBe('2 1 3 0 4');
  });

  it('keeps the operations on one resource in order', () => {
    expect(plan(patch('7', 'a'), patch('7'), patch('8'), group('a'))).toBe('2 3 0 1');
  });

  it('completes one of two POSTs that refer to each other', () => {
    expect(plan(group('a', 'b'), group('b', 'a'))).toBe('1(a) 0 +1');
  });

  it('completes a POST that refers to itself', () => {
    expect(plan(group('a', 'a'), group('b'))).toBe('0(a) +0 1');
  });

  it('defers nothing of an operation that only refers to a circle', () => {
    expect(plan(group('x', 'a'), group('a', 'b'), group('b', 'a'))).toBe('2(a) 1 +2 0');
  });

  it('changes a resource by its bulkId only once it is complete', () => {
    expect(plan(group('a', 'b'), group('b', 'a'), patch('bulkId:b'))).toBe('1(a) 0 +1 2');
    expect(plan(patch('bulkId:b'), group('a', 'b'), group('b', 'a'))).toBe('1(b) 2 +1 0');
  });

  it('waits for nothing that will not come', () => {
    expect(plan(group('a', 'nobody'), { ...group('b'), path: '/Nowhere' }, group('c', 'b'))).toBe('0 1 2');
  });

  it('takes bulkIds that are names of properties for what they are', () => {
    expect(plan(group('a', '__proto__', 'constructor'), group('__proto__'), group('constructor'))).toBe('1 2 0');
  });

  it('executes every operation once, after all that it refers to and does not defer', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', '__proto__');
    const members = fc.array(name, { maxLength: 3 });
    const operation = fc.oneof(
      fc.tuple(name, members).map(([bulkId, others]) => group(bulkId, ...others)),
      fc
        .tuple(
          fc.oneof(
            name.map((id) => `bulkId:${id}`),
            fc.constant('7'),
          ),
          members,
        )
        .map(([id, others]) => patch(id, ...others)),
    );
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 12 }), (operations) => {
        const { entries } = requestOf(operations);
        const creators = new Map<string, number>();
        for (const [index, entry] of entries.entries()) {
          if (entry.operation.ok && entry.operation.value.method === 'POST')
            creators.set(entry.operation.value.bulkId, index);
        }
        const executed = new Set<number>();
        const incomplete = new Set<number>();
        const lastOn = new Map<string, number>();
        for (const { kind, index, deferred } of planBulk({ failOnErrors: undefined, entries })) {
          const operation = entries[index]?.operation;
          if (!operation?.ok) {
            expect(executed.has(index)).toBe(false);
            executed.add(index);
            continue;
          }
          const waited = [...operation.value.references].filter((id) => kind === 'complete' || !deferred.has(id));
          for (const id of waited) expect(executed.has(creators.get(id) ?? index) || !creators.has(id)).toBe(true);
          for (const id of deferred) expect(operation.value.references.has(id)).toBe(true);
          expect(executed.has(index)).toBe(kind === 'complete');
          executed.add(index);
          if (kind === 'complete') expect(incomplete.delete(index)).toBe(true);
          else if (deferred.size > 0) incomplete.add(index);
          if (operation.value.method === 'POST') continue;
          expect(deferred.size).toBe(0);
          expect(incomplete.has(creators.get(referredBulkId(operation.value.id) ?? '') ?? -1)).toBe(false);
          expect(lastOn.get(operation.value.id) ?? -1).toBeLessThan(index);
          lastOn.set(operation.value.id, index);
        }
        expect(executed.size).toBe(operations.length);
        expect(incomplete.size).toBe(0);
      }),
      { numRuns: 500 },
    );
  });

  it('is made for a thousand groups that are all members of each other, too', () => {
    const names = Array.from({ length: 1_000 }, (_, index) => `g${index}`);
    const everybody: JsonValue = names.map((name) => `bulkId:${name}`);
    const request = requestOf(
      names.map((bulkId) => ({ ...group(bulkId), data: { displayName: bulkId, members: everybody } })),
    );
    expect(planBulk(request)).toHaveLength(2_000);
  });
});
