import { Logger } from '@nestjs/common';
import type { CommandBus } from '@nestjs/cqrs';
import { err, type ResourceId } from '#kernel';
import type { CommandContext } from '#command-handling';
import type { Position } from '#event-store';
import { type BulkOperation, type ScimError, scimError } from '#scim-protocol';
import { storeDoesNotWrite, storeFailure } from '../http/store-failure.js';
import { resourceCommands } from '../provisioning/resource-commands.js';
import { tellsOfLog, type WriteAnswer } from '../provisioning/written-resource.js';
import { requiredRevisions } from '../http/preconditions.js';

/**
 * Executes single operations of one bulk request through the commands of single requests, and remembers how far the log
 * has to be read to see them. Whatever is thrown is the failure of that operation alone; but once the event store has
 * failed, later operations are refused without asking it: each might wait for seconds.
 */
export class OperationWriter {
  readonly #logger = new Logger('Bulk');
  #lastWrite: Position | undefined;
  #lastDeletion: Position | undefined;
  #hasToldOfLog = false;
  #storeHasFailed = false;

  /** @param newContext a context with a command id of its own, for every operation. */
  constructor(
    private readonly commands: CommandBus,
    private readonly newContext: () => CommandContext,
  ) {}

  get lastWrite(): Position | undefined {
    return this.#lastWrite;
  }

  get lastDeletion(): Position | undefined {
    return this.#lastDeletion;
  }

  /** Whether an answer was about what others may have written. */
  get hasToldOfLog(): boolean {
    return this.#hasToldOfLog;
  }

  /** @param operation without references. */
  async write(operation: BulkOperation): Promise<WriteAnswer> {
    if (this.#storeHasFailed) return err(storeDoesNotWrite());
    const context = this.newContext();
    const answer = await this.#command(operation, context).catch((exception: unknown) =>
      err(this.#failure(exception, context.requestId)),
    );
    if (tellsOfLog(answer)) this.#hasToldOfLog = true;
    if (answer.ok && answer.value.position !== undefined) {
      this.#lastWrite = answer.value.position;
      if (operation.method === 'DELETE') this.#lastDeletion = answer.value.position;
    }
    return answer;
  }

  async #command(operation: BulkOperation, context: CommandContext): Promise<WriteAnswer> {
    const commands = resourceCommands[operation.type];
    if (operation.method === 'POST') return this.commands.execute(new commands.create(context, operation.data));
    const revisions = requiredRevisions(operation.version);
    if (!revisions.ok) return revisions;
    const id = operation.id as ResourceId;
    switch (operation.method) {
      case 'PUT':
        return this.commands.execute(new commands.replace(context, id, operation.data, revisions.value));
      case 'PATCH':
        return this.commands.execute(new commands.patch(context, id, operation.data, revisions.value));
      case 'DELETE':
        return this.commands.execute(new commands.delete(context, id, revisions.value));
    }
  }

  #failure(exception: unknown, requestId: string): ScimError {
    const failure = storeFailure(exception);
    // Of the operation, not of the store.
    if (failure?.status === 413) return failure;
    const stack = exception instanceof Error ? exception.stack : String(exception);
    this.#logger.error(`an operation of bulk request ${requestId} failed`, stack);
    if (failure) this.#storeHasFailed = true;
    return failure ?? scimError('internal', { requestId });
  }
}
