import { setImmediate as turnOfOthers } from 'node:timers/promises';
import type { TenantId } from '#kernel';
import {
  type BulkEntry,
  type BulkOperation,
  type BulkRequest,
  type BulkResult,
  type BulkStep,
  completeCreation,
  entityTag,
  planBulk,
  resolveId,
  resolveOperation,
  resolveTarget,
  type ResourceTypeName,
  scimError,
} from '#scim-protocol';
import type { Addresses } from '../reading/addresses.js';
import type { OperationWriter } from './operation-writer.js';

/** One bulk request on its way through its plan. */
export class BulkExecution {
  /** Of the resources created so far, by bulkId. */
  readonly #ids = new Map<string, string>();
  /** By place in the request. */
  readonly #results = new Map<number, BulkResult>();
  #errors = 0;

  constructor(
    private readonly request: BulkRequest,
    private readonly writer: OperationWriter,
    private readonly addresses: Addresses,
    private readonly tenantId: TenantId,
  ) {}

  /**
   * One operation after the other: a later one may build on an earlier one, and which errors are the first has to be
   * certain. What was created with deferred references is completed even after the last error that was allowed.
   *
   * @returns the results of what was executed, in the order of the request.
   */
  async run(): Promise<readonly BulkResult[]> {
    const { entries, failOnErrors = Infinity } = this.request;
    for (const step of planBulk(this.request)) {
      const entry = entries[step.index];
      if (!entry) continue;
      if (step.kind === 'complete') await this.#complete(step, entry);
      else if (this.#errors < failOnErrors) await this.#execute(step, entry);
      // What is refused before it comes to the log ends in the turn it began in; a thousand such would be one long turn.
      await turnOfOthers();
    }
    return entries.flatMap((_, index) => this.#results.get(index) ?? []);
  }

  async #execute({ index, deferred }: BulkStep, { method, bulkId, operation, target }: BulkEntry): Promise<void> {
    if (!operation.ok) {
      const location = target && this.#address(target.type, resolveId(target.id, this.#ids));
      return this.#record(index, { method, bulkId, location, outcome: operation.error });
    }
    const resolved = resolveOperation(operation.value, this.#ids, deferred);
    const written = resolved.ok ? await this.writer.write(resolved.value) : resolved;
    if (written.ok && operation.value.method === 'POST') this.#ids.set(operation.value.bulkId, written.value.id);
    const location = this.#locationOf(operation.value);
    if (!written.ok) return this.#record(index, { method, bulkId, location, outcome: written.error });
    const version = method === 'DELETE' ? undefined : entityTag(written.value.revision);
    this.#record(index, { method, bulkId, location, version, outcome: { status: statusOf(operation.value) } });
  }

  /** Adds what was deferred. Where that fails the resource stays, and its result says what it lacks. */
  async #complete({ index, deferred }: BulkStep, { operation }: BulkEntry): Promise<void> {
    const created = this.#results.get(index);
    if (!created || !operation.ok || operation.value.method !== 'POST') return;
    const completion = completeCreation(operation.value, this.#ids, deferred);
    if (!completion) return;
    const { change, unresolved } = completion;
    const written = change ? await this.writer.write(change) : undefined;
    const version = written?.ok ? entityTag(written.value.revision) : created.version;
    const failure = written?.ok === false ? written.error : unresolved;
    const { type: resourceType } = operation.value;
    const outcome = failure ? scimError('createdInPart', { resourceType, reason: failure.detail }) : created.outcome;
    this.#record(index, { ...created, version, outcome });
  }

  #locationOf(operation: BulkOperation): string | undefined {
    return this.#address(operation.type, resolveTarget(operation, this.#ids));
  }

  #address(type: ResourceTypeName, id: string | undefined): string | undefined {
    return id === undefined ? undefined : this.addresses.resource(this.tenantId, type, id);
  }

  #record(index: number, result: BulkResult): void {
    if ('code' in result.outcome) this.#errors += 1;
    this.#results.set(index, result);
  }
}

/** The status that the operation would have been answered with if sent alone. */
function statusOf({ method, type }: BulkOperation): number {
  if (method === 'POST') return 201;
  return method === 'DELETE' || (method === 'PATCH' && type === 'Group') ? 204 : 200;
}
