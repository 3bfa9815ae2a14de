import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DirectoryCommands } from '#command-handling';
import { applyPatch, readPatchRequest, SchemaRegistry } from '#scim-protocol';
import { mostPatchOperations } from '../limits.js';
import { ChangeResource } from './resource-command.js';
import { type ProvisionedResource, type WriteAnswer, writeAnswer } from './written-resource.js';

export class PatchUser extends ChangeResource {}

@CommandHandler(PatchUser)
export class PatchUserHandler implements ICommandHandler<PatchUser> {
  constructor(
    private readonly commands: DirectoryCommands,
    private readonly registry: SchemaRegistry,
  ) {}

  async execute({ context, id, body, requiredRevisions }: PatchUser): Promise<WriteAnswer<ProvisionedResource>> {
    const request = readPatchRequest(body, { mostOperations: mostPatchOperations });
    if (!request.ok) return request;
    const result = await this.commands.changeUser(context, { id, requiredRevisions }, ({ attributes }) =>
      applyPatch(this.registry, 'User', attributes, request.value),
    );
    return writeAnswer({ type: 'User', id }, result);
  }
}
