import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DirectoryCommands } from '#command-handling';
import { readResource, SchemaRegistry } from '#scim-protocol';
import { groupDocument } from './group-document.js';
import { CreateResource } from './resource-command.js';
import { newResourceId } from './new-resource-id.js';
import { type ProvisionedResource, type WriteAnswer, writeAnswer } from './written-resource.js';

export class CreateGroup extends CreateResource {}

@CommandHandler(CreateGroup)
export class CreateGroupHandler implements ICommandHandler<CreateGroup> {
  constructor(
    private readonly commands: DirectoryCommands,
    private readonly registry: SchemaRegistry,
  ) {}

  async execute({ context, body }: CreateGroup): Promise<WriteAnswer<ProvisionedResource>> {
    const document = readResource(this.registry, 'Group', body);
    if (!document.ok) return document;
    const id = newResourceId(context);
    const { attributes, members } = groupDocument(document.value);
    return writeAnswer({ type: 'Group', id }, await this.commands.provisionGroup(context, id, attributes, members));
  }
}
