import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DirectoryCommands } from '#command-handling';
import { DeleteResource } from './resource-command.js';
import { type WriteAnswer, writeAnswer } from './written-resource.js';

export class DeleteGroup extends DeleteResource {}

@CommandHandler(DeleteGroup)
export class DeleteGroupHandler implements ICommandHandler<DeleteGroup> {
  constructor(private readonly commands: DirectoryCommands) {}

  async execute({ context, id, requiredRevisions }: DeleteGroup): Promise<WriteAnswer> {
    return writeAnswer({ type: 'Group', id }, await this.commands.deprovisionGroup(context, { id, requiredRevisions }));
  }
}
