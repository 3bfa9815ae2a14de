import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ok } from '#kernel';
import { DirectoryCommands } from '#command-handling';
import { checkImmutable, readResource, SchemaRegistry } from '#scim-protocol';
import { groupDocument } from './group-document.js';
import { ChangeResource } from './resource-command.js';
import { type ProvisionedResource, type WriteAnswer, writeAnswer } from './written-resource.js';

export class ReplaceGroup extends ChangeResource {}

@CommandHandler(ReplaceGroup)
export class ReplaceGroupHandler implements ICommandHandler<ReplaceGroup> {
  constructor(
    private readonly commands: DirectoryCommands,
    private readonly registry: SchemaRegistry,
  ) {}

  async execute({ context, id, body, requiredRevisions }: ReplaceGroup): Promise<WriteAnswer<ProvisionedResource>> {
    const document = readResource(this.registry, 'Group', body);
    if (!document.ok) return document;
    const { attributes, members } = groupDocument(document.value);
    const result = await this.commands.changeGroup(context, { id, requiredRevisions }, (current) => {
      const kept = checkImmutable(this.registry, 'Group', current.attributes, attributes);
      return kept.ok ? ok({ attributes, membership: [{ kind: 'replace' as const, members }] }) : kept;
    });
    return writeAnswer({ type: 'Group', id }, result);
  }
}
