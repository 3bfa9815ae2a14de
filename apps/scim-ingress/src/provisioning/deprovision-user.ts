import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DirectoryCommands } from '#command-handling';
import { DeleteResource } from './resource-command.js';
import { type WriteAnswer, writeAnswer } from './written-resource.js';

export class DeprovisionUser extends DeleteResource {}

@CommandHandler(DeprovisionUser)
export class DeprovisionUserHandler implements ICommandHandler<DeprovisionUser> {
  constructor(private readonly commands: DirectoryCommands) {}

  async execute({ context, id, requiredRevisions }: DeprovisionUser): Promise<WriteAnswer> {
    return writeAnswer({ type: 'User', id }, await this.commands.deprovisionUser(context, { id, requiredRevisions }));
  }
}
