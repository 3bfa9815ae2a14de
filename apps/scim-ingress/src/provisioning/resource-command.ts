import { Command } from '@nestjs/cqrs';
import type { JsonObject, ResourceId } from '#kernel';
import type { CommandContext } from '#command-handling';
import type { Revision } from '#event-store';
import type { ProvisionedResource, WriteAnswer } from './written-resource.js';

/** Create a resource from a request body (RFC 7644 section 3.3). */
export abstract class CreateResource extends Command<WriteAnswer<ProvisionedResource>> {
  constructor(
    readonly context: CommandContext,
    readonly body: JsonObject,
  ) {
    super();
  }
}

/** Change a resource by a request body: PUT or PATCH (RFC 7644 section 3.5). */
export abstract class ChangeResource extends Command<WriteAnswer<ProvisionedResource>> {
  constructor(
    readonly context: CommandContext,
    readonly id: ResourceId,
    readonly body: JsonObject,
    readonly requiredRevisions?: ReadonlySet<Revision>,
  ) {
    super();
  }
}

/** Delete a resource (RFC 7644 section 3.6). */
export abstract class DeleteResource extends Command<WriteAnswer> {
  constructor(
    readonly context: CommandContext,
    readonly id: ResourceId,
    readonly requiredRevisions?: ReadonlySet<Revision>,
  ) {
    super();
  }
}
