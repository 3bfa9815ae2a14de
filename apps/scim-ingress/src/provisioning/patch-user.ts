import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DirectoryCommands } from '#command-handling';
import { applyPatch, readPatchRequest, SchemaRegistry } from '#scim-protocol';
import { mostPatchOperations } from '../limits.js';
import { ChangeResource } from './resource-command.js';
import { type WriteAnswer, writeAnswer } from './written-resource.js';

export class PatchUser extends ChangeResource {}

@CommandHandler(PatchUser)
export class PatchUserHandler implements ICommandHandler<PatchUser> {
  constructor(
    private readonly commands: DirectoryCommands,
    private readonly registry: SchemaRegistry,
  ) {}

  async execute({ context, id, body, requiredRevisions }: PatchUser): Promise<WriteAnswer> {
    const request = readPatchRequest(body, { mostOperations: mostPatchOperations });
    if (!request.ok) return request;
    let name: string | undefined;
    const result = await this.commands.changeUser(context, { id, requiredRevisions }, ({ attributes }) => {
      const patched = applyPatch(this.registry, 'User', attributes, request.value);
      if (patched.ok) name = patched.value['userName'] as string;
      return patched;
    });
    return writeAnswer({ type: 'User', id, name }, result);
  }
}
