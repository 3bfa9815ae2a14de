import { type CommandId, type JsonObject, ok, type ResourceId, type TenantId } from '#kernel';
import { eventCodec } from '#event-catalog';
import type { EventStore } from '#event-store';
import type { CommandContext } from '../command-context.js';
import { createDirectoryCommands, type DirectoryCommandsOptions } from '../create-directory-commands.js';
import type { DirectoryCommands, GroupChange, UserChange } from '../directory-commands.js';
import type { MembershipRequest } from '../membership/membership-request.js';
import { FoldedMembership } from './folded-membership.js';

export const tenantId = 'acme' as TenantId;

let uuids = 0;

/** A UUID that no other call has returned: the same ones in the same order in every run. */
export function nextUuid(): string {
  return `00000000-0000-4000-8000-${(++uuids).toString(16).padStart(12, '0')}`;
}

/** The context of a command of its own. */
export function command(): CommandContext {
  const commandId = nextUuid() as CommandId;
  return {
    tenantId,
    commandId,
    actor: 'credential:test',
    requestId: commandId,
    correlationId: commandId,
    causationId: commandId,
    occurredAt: Date.UTC(2026, 0, 1),
  };
}

export const idOf = (text: string) => text as ResourceId;

/** One process that handles commands on a log. It waits for nothing. */
export function directoryOn(store: EventStore, options: Partial<DirectoryCommandsOptions> = {}): DirectoryCommands {
  return createDirectoryCommands({
    store,
    codec: eventCodec,
    membership: new FoldedMembership(store),
    nameSecret: Buffer.from('secret'),
    sleep: () => Promise.resolve(),
    newClaimId: nextUuid,
    ...options,
  });
}

/** A change that assigns attributes. */
export function assign(attributes: JsonObject): UserChange<never> {
  return (current) => ok({ ...current.attributes, ...attributes });
}

/** A change of a group's members, and of attributes where given. */
export function assignMembers(
  membership: readonly MembershipRequest[],
  attributes: JsonObject = {},
): GroupChange<never> {
  return (current) => ok({ attributes: { ...current.attributes, ...attributes }, membership });
}

export const add = (...ids: readonly string[]): MembershipRequest => ({
  kind: 'add',
  members: ids.map((value) => ({ value })),
});

export const remove = (...ids: readonly string[]): MembershipRequest => ({ kind: 'remove', ids });
