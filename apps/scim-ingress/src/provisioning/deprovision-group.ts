import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DirectoryCommands } from '#command-handling';
import { DeleteResource } from './resource-command.js';
import { type WriteAnswer, writeAnswer } from './written-resource.js';

export class DeprovisionGroup extends DeleteResource {}

@CommandHandler(DeprovisionGroup)
export class DeprovisionGroupHandler implements ICommandHandler<DeprovisionGroup> {
  constructor(private readonly commands: DirectoryCommands) {}

  async execute({ context, id, requiredRevisions }: DeprovisionGroup): Promise<WriteAnswer> {
    return writeAnswer({ type: 'Group', id }, await this.commands.deprovisionGroup(context, { id, requiredRevisions }));
  }
}
