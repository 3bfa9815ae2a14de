import { Controller, Inject, Post, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Clock, JsonObject } from '#kernel';
import { readBulkRequest, renderBulkResponse } from '#scim-protocol';
import { CLOCK } from '../clock.js';
import { commandContext } from '../http/command-context.js';
import { errorAnswer, ScimAnswer } from '../http/scim-answer.js';
import { ScimBody } from '../http/scim-body.decorator.js';
import type { ScimRequest } from '../http/scim-request.js';
import { bulkLimits } from '../limits.js';
import { Addresses } from '../reading/addresses.js';
import { READ_YOUR_WRITES, type ReadYourWrites } from '../reading/read-your-writes.js';
import { BulkExecution } from './bulk-execution.js';
import { OperationWriter } from './operation-writer.js';

/**
 * Many operations in one request (RFC 7644 section 3.7). Each operation is atomic and in the log before the next begins;
 * the request is not: what succeeded stays, whatever fails after it. `planBulk` says in which order they are executed;
 * the answer lists them in the order of the request. A resource of a circular reference is created and then changed, so
 * that others may see it without that reference in between.
 */
@Controller('tenants/:tenantId/scim/v2/Bulk')
export class BulkController {
  constructor(
    private readonly commands: CommandBus,
    private readonly addresses: Addresses,
    @Inject(READ_YOUR_WRITES) private readonly readYourWrites: Pick<ReadYourWrites, 'written' | 'deprovisioned'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post()
  async execute(@Req() request: ScimRequest, @ScimBody() body: JsonObject): Promise<ScimAnswer> {
    const bulk = readBulkRequest(body, bulkLimits);
    if (!bulk.ok) return errorAnswer(bulk.error);
    const writer = new OperationWriter(this.commands, () => commandContext(request, this.clock));
    const { tenantId } = request.user;
    const results = await new BulkExecution(bulk.value, writer, this.addresses, tenantId).run();
    const { lastWrite, lastDeletion, hasToldOfLog } = writer;
    if (lastDeletion !== undefined) await this.readYourWrites.deprovisioned(tenantId, lastDeletion);
    if (hasToldOfLog) await this.readYourWrites.written(undefined);
    else if (lastWrite !== undefined) await this.readYourWrites.written(lastWrite);
    return new ScimAnswer(200, renderBulkResponse(results));
  }
}
