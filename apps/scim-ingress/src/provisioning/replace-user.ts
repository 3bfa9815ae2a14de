import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ok, type JsonObject } from '#kernel';
import { DirectoryCommands } from '#command-handling';
import { checkImmutable, readResource, SchemaRegistry } from '#scim-protocol';
import { ChangeResource } from './resource-command.js';
import { type ProvisionedResource, type WriteAnswer, writeAnswer } from './written-resource.js';

export class ReplaceUser extends ChangeResource {}

@CommandHandler(ReplaceUser)
export class ReplaceUserHandler implements ICommandHandler<ReplaceUser> {
  constructor(
    private readonly commands: DirectoryCommands,
    private readonly registry: SchemaRegistry,
  ) {}

  async execute({ context, id, body, requiredRevisions }: ReplaceUser): Promise<WriteAnswer<ProvisionedResource>> {
    const document = readResource(this.registry, 'User', body);
    if (!document.ok) return document;
    const wanted = document.value;
    const result = await this.commands.changeUser(context, { id, requiredRevisions }, ({ attributes }) => {
      const kept = checkImmutable(this.registry, 'User', attributes, wanted);
      return kept.ok ? ok(withActive(wanted, attributes)) : kept;
    });
    return writeAnswer({ type: 'User', id }, result);
  }
}

/** A replacement that does not speak of `active` leaves it as it is: silence must not enable or disable anybody. */
function withActive(wanted: JsonObject, current: JsonObject): JsonObject {
  const active = current['active'];
  return wanted['active'] !== undefined || active === undefined ? wanted : { ...wanted, active };
}
