import type { BulkEntry, BulkRequest } from './bulk-request.js';
import { referredBulkId } from './bulk-reference.js';
import { closingEdges } from './closing-edges.js';
import { executionOrder } from './execution-order.js';

export interface BulkStep {
  /**
   * `execute`: the operation, without what refers to a deferred bulkId.
   * `complete`: that is added to what the operation, a POST, has created.
   */
  readonly kind: 'execute' | 'complete';
  /** The operation's place in the request. */
  readonly index: number;
  /** BulkIds that the operation refers to and that exist only after it. */
  readonly deferred: ReadonlySet<string>;
}

/**
 * The order in which the operations of a bulk request are executed (RFC 7644 sections 3.7.1 and 3.7.2): each once, at its
 * place in the request unless it refers to a POST further down, and then right after the last POST it waits for.
 * Operations on one resource keep their order, and find it complete.
 *
 * Where POSTs refer to each other in a circle, one of them is executed with the reference deferred, and completed as
 * soon as all that it defers have been executed. A reference to a POST that is malformed or not there orders nothing: it
 * makes the operation fail at its turn. Time is linear in operations and references.
 */
export function planBulk({ entries }: BulkRequest): readonly BulkStep[] {
  const creators = creatorsByBulkId(entries);
  const references = entries.map((entry) => creatorsReferredTo(entry, creators));
  const closing = closingEdges(references);
  const deferred = closing.map((targets) => bulkIdsOf(entries, targets));

  const executions = deferred.map((bulkIds, index): BulkStep => ({ kind: 'execute', index, deferred: bulkIds }));
  const completions = executions
    .filter((execution) => execution.deferred.size > 0)
    .map((execution): BulkStep => ({ ...execution, kind: 'complete' }));
  const completionOf = new Map(completions.map((completion) => [completion.index, completion]));
  const executionsAt = (indices: Iterable<number>) => [...indices].flatMap((index) => executions[index] ?? []);

  const waitsFor = new Map<BulkStep, BulkStep[]>();
  for (const completion of completions) {
    const { index } = completion;
    waitsFor.set(completion, executionsAt([index, ...(closing[index] ?? [])]));
  }
  const lastOn = new Map<string, BulkStep>();
  for (const execution of executions) {
    const { index } = execution;
    const awaited = executionsAt(references[index] ?? []).filter((other) => !closing[index]?.has(other.index));
    waitsFor.set(execution, awaited);
    const target = targetOf(entries[index]);
    if (target === undefined) continue;
    const creator = creators.get(referredBulkId(target.id) ?? '');
    const completion = creator === undefined ? undefined : completionOf.get(creator);
    const resource = `${target.type}/${target.id}`;
    const previous = lastOn.get(resource);
    if (completion) awaited.push(completion);
    if (previous) awaited.push(previous);
    lastOn.set(resource, execution);
  }
  // Before the executions, so that a completion's place has always passed and it runs as soon as it can.
  return executionOrder([...completions, ...executions], waitsFor);
}

function creatorsByBulkId(entries: readonly BulkEntry[]): ReadonlyMap<string, number> {
  const creators = new Map<string, number>();
  for (const [index, { operation }] of entries.entries()) {
    if (operation.ok && operation.value.method === 'POST') creators.set(operation.value.bulkId, index);
  }
  return creators;
}

function creatorsReferredTo({ operation }: BulkEntry, creators: ReadonlyMap<string, number>): readonly number[] {
  if (!operation.ok) return [];
  return [...operation.value.references].flatMap((bulkId) => creators.get(bulkId) ?? []);
}

function bulkIdsOf(entries: readonly BulkEntry[], indices: ReadonlySet<number>): ReadonlySet<string> {
  return new Set([...indices].flatMap((index) => entries[index]?.bulkId ?? []));
}

function targetOf(entry: BulkEntry | undefined) {
  if (!entry?.operation.ok || entry.operation.value.method === 'POST') return undefined;
  return entry.operation.value;
}
