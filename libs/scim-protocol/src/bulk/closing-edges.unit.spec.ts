import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { closingEdges } from './closing-edges.js';
import { executionOrder } from './execution-order.js';

const graphs = fc.integer({ min: 1, max: 12 }).chain((size) =>
  fc.array(fc.uniqueArray(fc.integer({ min: 0, max: size - 1 }), { maxLength: 4 }), {
    minLength: size,
    maxLength: size,
  }),
);

function without(edges: readonly number[][], closing: readonly ReadonlySet<number>[]) {
  return new Map(edges.map((targets, node) => [node, targets.filter((target) => !closing[node]?.has(target))]));
}

/** Whether one node can be come to from another. */
function leadsTo(edges: readonly number[][], from: number, to: number): boolean {
  const seen = new Set<number>();
  const pending = [from];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node === to) return true;
    if (!seen.has(node)) pending.push(...(edges[node] ?? []));
    seen.add(node);
  }
  return false;
}

describe('closing edges', () => {
  it('leave a graph without cycles when they are taken away', () => {
    fc.assert(
      fc.property(graphs, (edges) => {
        const order = executionOrder([...edges.keys()], without(edges, closingEdges(edges)));
        expect(order).toHaveLength(edges.length);
      }),
    );
  });

  it('are part of a cycle, each of them', () => {
    fc.assert(
      fc.property(graphs, (edges) => {
        for (const [node, targets] of closingEdges(edges).entries()) {
          for (const target of targets) expect(leadsTo(edges, target, node)).toBe(true);
        }
      }),
    );
  });

  it('are found in a chain that is longer than the call stack is deep', () => {
    const length = 200_000;
    const chain = Array.from({ length }, (_, node) => [(node + 1) % length]);
    const closing = closingEdges(chain);
    expect(closing[length - 1]).toEqual(new Set([0]));
    expect(closing.filter(({ size }) => size > 0)).toHaveLength(1);
  });
});
