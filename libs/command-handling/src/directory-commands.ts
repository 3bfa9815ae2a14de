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
import type { Revision } from '#event-store';
import { groupAggregate, nameIn, userAggregate } from './aggregate-type.js';
import type { AggregateWriter, WriteRefusal, Written } from './aggregate-writer.js';
import type { CommandContext } from './command-context.js';
import type { MembershipReader } from './membership/membership-reader.js';
import type { MembershipRequest } from './membership/membership-request.js';

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

const notFound = { ok: false, error: { reason: 'not-found' } } as const;

/**
 * Everything that can be done to the directory. Every method resolves once the change is in the log, and may reject as
 * `AggregateWriter.write` does.
 */
export class DirectoryCommands {
  constructor(
    private readonly users: AggregateWriter<UserState, UserEvent>,
    private readonly groups: AggregateWriter<GroupState, GroupEvent>,
    private readonly members: MembershipReader,
  ) {}

  /** @param attributes with a `userName`. */
  async provisionUser(
    context: CommandContext,
    userId: ResourceId,
    attributes: JsonObject,
  ): Promise<CommandResult<ProvisionedUser>> {
    const written = await this.users.write<never>({
      context,
      id: userId,
      isFresh: true,
      propose: async ({ state }) =>
        ok({
          name: nameIn(userAggregate, attributes),
          decide: (claim) => provisionUser(state, { userId, attributes, nameClaim: claim ?? claimHeldBy(state) }),
        }),
    });
    return provisioned(written);
  }

  async changeUser<Refusal>(
    context: CommandContext,
    { id: userId, requiredRevisions }: ExistingResource,
    change: UserChange<Refusal>,
  ): Promise<CommandResult<ProvisionedUser, Refusal>> {
    const written = await this.users.write<Refusal | WriteRefusal>({
      context,
      id: userId,
      isFresh: false,
      requiredRevisions,
      propose: async ({ state }) => {
        if (state.status !== 'provisioned') return notFound;
        const wanted = change(state);
        if (!wanted.ok) return wanted;
        const attributes = wanted.value;
        return ok({
          name: nameIn(userAggregate, attributes),
          decide: (claim) => changeUser(state, { userId, attributes, ...(claim && { nameClaim: claim }) }),
        });
      },
    });
    return provisioned(written);
  }

  async deprovisionUser(
    context: CommandContext,
    { id: userId, requiredRevisions }: ExistingResource,
  ): Promise<CommandResult<UserState>> {
    return this.users.write<WriteRefusal>({
      context,
      id: userId,
      isFresh: false,
      requiredRevisions,
      propose: async ({ state }) =>
        state.status === 'provisioned'
          ? ok({ name: undefined, decide: () => deprovisionUser(state, userId) })
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
    const written = await this.groups.write<never>({
      context,
      id: groupId,
      isFresh: true,
      propose: async ({ state }) =>
        ok({
          name: nameIn(groupAggregate, attributes),
          decide: (claim) =>
            provisionGroup(state, { groupId, attributes, members, nameClaim: claim ?? claimHeldBy(state) }),
        }),
    });
    return provisioned(written);
  }

  async changeGroup<Refusal>(
    context: CommandContext,
    { id: groupId, requiredRevisions }: ExistingResource,
    change: GroupChange<Refusal>,
  ): Promise<CommandResult<ProvisionedGroup, Refusal>> {
    const written = await this.groups.write<Refusal | WriteRefusal>({
      context,
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
          name: nameIn(groupAggregate, attributes),
          decide: (claim) => {
            const command = { groupId, attributes, membership: membership.steps, ...(claim && { nameClaim: claim }) };
            return changeGroup(state, command, membership.present);
          },
        });
      },
    });
    return provisioned(written);
  }

  async deprovisionGroup(
    context: CommandContext,
    { id: groupId, requiredRevisions }: ExistingResource,
  ): Promise<CommandResult<GroupState>> {
    return this.groups.write<WriteRefusal>({
      context,
      id: groupId,
      isFresh: false,
      requiredRevisions,
      propose: async ({ state }) =>
        state.status === 'provisioned'
          ? ok({ name: undefined, decide: () => deprovisionGroup(state, groupId) })
          : notFound,
    });
  }
}

/** What came of a command that leaves its resource in the directory, unless it is refused. */
function provisioned<State extends ResourceState, Refusal>(
  result: CommandResult<State, Refusal>,
): CommandResult<Provisioned<State>, Refusal> {
  if (!result.ok || isProvisioned(result)) return result;
  throw new Error('A command that was to leave a resource has left none');
}

type Provisioned<State extends ResourceState> = Extract<State, { status: 'provisioned' }>;

function isProvisioned<State extends ResourceState>(result: {
  readonly ok: true;
  readonly value: Written<State>;
}): result is { readonly ok: true; readonly value: Written<Provisioned<State>> } {
  return result.value.state.status === 'provisioned';
}

/** Only a command that has been decided before finds its resource with the name it wants. */
function claimHeldBy(state: ResourceState) {
  if (!state.claims.held) throw new Error('A resource cannot be provisioned without a claim on its name');
  return state.claims.held;
}
