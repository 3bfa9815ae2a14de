import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DirectoryCommands } from '#command-handling';
import { readResource, SchemaRegistry } from '#scim-protocol';
import { CreateResource } from './resource-command.js';
import { newResourceId } from './new-resource-id.js';
import { type ProvisionedResource, type WriteAnswer, writeAnswer } from './written-resource.js';

export class CreateUser extends CreateResource {}

@CommandHandler(CreateUser)
export class CreateUserHandler implements ICommandHandler<CreateUser> {
  constructor(
    private readonly commands: DirectoryCommands,
    private readonly registry: SchemaRegistry,
  ) {}

  async execute({ context, body }: CreateUser): Promise<WriteAnswer<ProvisionedResource>> {
    const document = readResource(this.registry, 'User', body);
    if (!document.ok) return document;
    const id = newResourceId(context);
    return writeAnswer({ type: 'User', id }, await this.commands.provisionUser(context, id, document.value));
  }
}
