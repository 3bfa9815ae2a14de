import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ok } from '#kernel';
import { DirectoryCommands, type MembershipRequest } from '#command-handling';
import {
  applyPatch,
  matchesValueFilter,
  type MembershipOperation,
  readPatchRequest,
  SchemaRegistry,
  splitMembership,
} from '#scim-protocol';
import { mostPatchOperations } from '../limits.js';
import { ChangeResource } from './resource-command.js';
import { type ProvisionedResource, type WriteAnswer, writeAnswer } from './written-resource.js';

export class PatchGroup extends ChangeResource {}

@CommandHandler(PatchGroup)
export class PatchGroupHandler implements ICommandHandler<PatchGroup> {
  constructor(
    private readonly commands: DirectoryCommands,
    private readonly registry: SchemaRegistry,
  ) {}

  async execute({ context, id, body, requiredRevisions }: PatchGroup): Promise<WriteAnswer<ProvisionedResource>> {
    const request = readPatchRequest(body, { mostOperations: mostPatchOperations });
    if (!request.ok) return request;
    const split = splitMembership(this.registry, request.value);
    if (!split.ok) return split;
    const membership = split.value.membership.map(membershipRequest);
    const result = await this.commands.changeGroup(context, { id, requiredRevisions }, (current) => {
      const patched = applyPatch(this.registry, 'Group', current.attributes, split.value.attributes);
      return patched.ok ? ok({ attributes: patched.value, membership }) : patched;
    });
    return writeAnswer({ type: 'Group', id }, result);
  }
}

function membershipRequest(operation: MembershipOperation): MembershipRequest {
  switch (operation.kind) {
    case 'remove-all':
      return { kind: 'replace', members: [] };
    case 'remove-matching': {
      const { filter } = operation;
      return { kind: 'remove-where', matches: (member) => matchesValueFilter(filter, { ...member }) };
    }
    case 'add':
    case 'remove':
    case 'replace':
      return operation;
  }
}
