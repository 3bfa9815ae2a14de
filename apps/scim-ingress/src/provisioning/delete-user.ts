import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DirectoryCommands } from '#command-handling';
import { DeleteResource } from './resource-command.js';
import { type WriteAnswer, writeAnswer } from './written-resource.js';

export class DeleteUser extends DeleteResource {}

@CommandHandler(DeleteUser)
export class DeleteUserHandler implements ICommandHandler<DeleteUser> {
  constructor(private readonly commands: DirectoryCommands) {}

  async execute({ context, id, requiredRevisions }: DeleteUser): Promise<WriteAnswer> {
    return writeAnswer({ type: 'User', id }, await this.commands.deprovisionUser(context, { id, requiredRevisions }));
  }
}
