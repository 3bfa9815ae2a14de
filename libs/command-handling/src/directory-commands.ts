import { type JsonObject, ok, type ResourceId, type Result } from '#kernel';
import {
  changeGroup,
  changeUser,
  deprovisionGroup,
  deprovisionUser,
  type GroupEvent,
  type GroupMember,
  type GroupState,
  type ProvisionedGroup,
  type ProvisionedUser,
  provisionGroup,
  provisionUser,
  type ResourceState,
  type UserEvent,
  type UserState,
} from '#directory-domain';
import { groupStream, userStream } from '#event-catalog';
import type { Revision } from '#event-store';
import type { CommandContext } from './command-context.js';
import type { MembershipReader } from './membership/membership-reader.js';
import type { MembershipRequest } from './membership/membership-request.js';
import type { ResourceWriter, WriteRefusal, Written } from './resource-writer.js';

/** The outcome of a command: what the resource is now, or why nothing was done. */
export type CommandResult<State, Refusal = never> = Result<Written<State>, Refusal | WriteRefusal>;

/** What a resource shall be, from what it is. Called anew on every attempt. */
export type UserChange<Refusal> = (current: ProvisionedUser) => Result<JsonObject, Refusal>;
export type GroupChange<Refusal> = (
  current: ProvisionedGroup,
) => Result<{ readonly attributes: JsonObject; readonly membership: readonly MembershipRequest[] }, Refusal>;

export interface ExistingResource {
  readonly id: ResourceId;
  readonly requiredRevisions?: ReadonlySet<Revision> | undefined;
}

/** Keyed hashes of names; see `nameKey`. */
export interface NameKeys {
  userName(context: CommandContext, name: string): string;
  groupDisplayName(context: CommandContext, name: string): string;
}

const notFound = { ok: false, error: { reason: 'not-found' } } as const;

/**
 * Everything that can be done to the directory. Every method resolves once the change is in the log, and may reject as
 * `ResourceWriter.write` does.
 */
export class DirectoryCommands {
  constructor(
    private readonly users: ResourceWriter<UserState, UserEvent>,
    private readonly groups: ResourceWriter<GroupState, GroupEvent>,
    private readonly members: MembershipReader,
    private readonly keys: NameKeys,
  ) {}

  /** @param attributes with a `userName`. */
  async provisionUser(
    context: CommandContext,
    userId: ResourceId,
    attributes: JsonObject,
  ): Promise<CommandResult<ProvisionedUser>> {
    const stream = userStream(context.tenantId, userId);
    const written = await this.users.write({
      context,
      stream,
      id: userId,
      isFresh: true,
      propose: async ({ state }) =>
        ok({
          nameKey: this.keys.userName(context, attributes['userName'] as string),
          decide: (claim) => provisionUser(state, { userId, attributes, nameClaim: claim ?? claimHeldBy(state) }),
        }),
    });
    return written as CommandResult<ProvisionedUser>;
  }

  async changeUser<Refusal>(
    context: CommandContext,
    { id: userId, requiredRevisions }: ExistingResource,
    change: UserChange<Refusal>,
  ): Promise<CommandResult<ProvisionedUser, Refusal>> {
    const stream = userStream(context.tenantId, userId);
    const written = await this.users.write<Refusal | WriteRefusal>({
      context,
      stream,
      id: userId,
      isFresh: false,
      requiredRevisions,
      propose: async ({ state }) => {
        if (state.status !== 'provisioned') return notFound;
        const wanted = change(state);
        if (!wanted.ok) return wanted;
        const attributes = wanted.value;
        return ok({
          nameKey:
            keyKept(state, attributes, 'userName') ?? this.keys.userName(context, attributes['userName'] as string),
          decide: (claim) => changeUser(state, { userId, attributes, ...(claim && { nameClaim: claim }) }),
        });
      },
    });
    return written as CommandResult<ProvisionedUser, Refusal>;
  }

  async deprovisionUser(
    context: CommandContext,
    { id: userId, requiredRevisions }: ExistingResource,
  ): Promise<CommandResult<UserState>> {
    const stream = userStream(context.tenantId, userId);
    return this.users.write<WriteRefusal>({
      context,
      stream,
      id: userId,
      isFresh: false,
      requiredRevisions,
      propose: async ({ state }) =>
        state.status === 'provisioned'
          ? ok({ nameKey: undefined, decide: () => deprovisionUser(state, userId) })
          : notFound,
    });
  }

  /** @param attributes with a `displayName`, without members. */
  async provisionGroup(
    context: CommandContext,
    groupId: ResourceId,
    attributes: JsonObject,
    members: readonly GroupMember[],
  ): Promise<CommandResult<ProvisionedGroup>> {
    const stream = groupStream(context.tenantId, groupId);
    const written = await this.groups.write({
      context,
      stream,
      id: groupId,
      isFresh: true,
      propose: async ({ state }) =>
        ok({
          nameKey: this.keys.groupDisplayName(context, attributes['displayName'] as string),
          decide: (claim) =>
            provisionGroup(state, { groupId, attributes, members, nameClaim: claim ?? claimHeldBy(state) }),
        }),
    });
    return written as CommandResult<ProvisionedGroup>;
  }

  async changeGroup<Refusal>(
    context: CommandContext,
    { id: groupId, requiredRevisions }: ExistingResource,
    change: GroupChange<Refusal>,
  ): Promise<CommandResult<ProvisionedGroup, Refusal>> {
    const stream = groupStream(context.tenantId, groupId);
    const written = await this.groups.write<Refusal | WriteRefusal>({
      context,
      stream,
      id: groupId,
      isFresh: false,
      requiredRevisions,
      propose: async ({ state, revision }) => {
        if (state.status !== 'provisioned') return notFound;
        const wanted = change(state);
        if (!wanted.ok) return wanted;
        const { attributes, membership: requests } = wanted.value;
        const membership = await this.members.decidable(context.tenantId, groupId, revision, requests);
        if (!membership) return 'stale';
        return ok({
          nameKey:
            keyKept(state, attributes, 'displayName') ??
            this.keys.groupDisplayName(context, attributes['displayName'] as string),
          decide: (claim) => {
            const command = { groupId, attributes, membership: membership.steps, ...(claim && { nameClaim: claim }) };
            return changeGroup(state, command, membership.present);
          },
        });
      },
    });
    return written as CommandResult<ProvisionedGroup, Refusal>;
  }

  async deprovisionGroup(
    context: CommandContext,
    { id: groupId, requiredRevisions }: ExistingResource,
  ): Promise<CommandResult<GroupState>> {
    const stream = groupStream(context.tenantId, groupId);
    return this.groups.write<WriteRefusal>({
      context,
      stream,
      id: groupId,
      isFresh: false,
      requiredRevisions,
      propose: async ({ state }) =>
        state.status === 'provisioned'
          ? ok({ nameKey: undefined, decide: () => deprovisionGroup(state, groupId) })
          : notFound,
    });
  }
}

/** A name that stays as it is keeps its key: most changes are not about the name, and hashing it is no small part of them. */
function keyKept(state: ProvisionedUser | ProvisionedGroup, wanted: JsonObject, name: string): string | undefined {
  return wanted[name] === state.attributes[name] ? state.claims.held?.key : undefined;
}

/** Only a command that has been decided before finds its resource with the name it wants. */
function claimHeldBy(state: ResourceState) {
  if (!state.claims.held) throw new Error('A resource cannot be provisioned without a claim on its name');
  return state.claims.held;
}
