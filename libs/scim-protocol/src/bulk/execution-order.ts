/**
 * Orders steps so that each comes after those it waits for. A step keeps its place if it can; otherwise it comes right
 * after the last one it waits for. Time is linear in steps and waits.
 *
 * @param waitsFor without cycles; steps of a cycle, and those that wait for them, would be left out
 */
export function executionOrder<Step>(
  steps: readonly Step[],
  waitsFor: ReadonlyMap<Step, readonly Step[]>,
): readonly Step[] {
  const pending = new Map<Step, number>();
  const waiting = new Map<Step, Step[]>(steps.map((step) => [step, []]));
  for (const step of steps) {
    const awaited = waitsFor.get(step) ?? [];
    pending.set(step, awaited.length);
    for (const other of awaited) waiting.get(other)?.push(step);
  }
  const order: Step[] = [];
  const passed = new Set<Step>();
  for (const step of steps) {
    passed.add(step);
    const ready = pending.get(step) === 0 ? [step] : [];
    for (let next = ready.pop(); next !== undefined; next = ready.pop()) {
      order.push(next);
      for (const waiter of (waiting.get(next) ?? []).toReversed()) {
        const left = (pending.get(waiter) ?? 0) - 1;
        pending.set(waiter, left);
        if (left === 0 && passed.has(waiter)) ready.push(waiter);
      }
    }
  }
  return order;
}
