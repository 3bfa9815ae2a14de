import { foldCase, type TenantId } from '#kernel';
import type { LoggedChange, WriteObserver } from '#command-handling';
import type { GroupEvent, GroupState, ResourceState, UserEvent, UserState } from '#directory-domain';
import { beforeFirstPosition, type Position } from '#event-store';
import type { CheckpointSignal } from '#projections';
import type { ReadScope } from '../../../scim-ingress/src/index.js';

/** More members than these in one event are not told apart. */
const mostMembers = 100;
/** Far more than gathers before the view moves: where it stands still, nothing is told apart any more. */
const mostKeys = 100_000;

type NamedType = 'User' | 'Group';

/**
 * What this process has changed and the view may not show yet, by what a read may ask for, so that a read need not wait
 * for the changes of others. Entra looks up a name before it creates anything: without this every look-up would make the
 * view apply what had just been created, one by one.
 */
export class UnseenChanges implements WriteObserver {
  readonly #view: Pick<CheckpointSignal, 'hasReached'>;
  /** The last position that concerns a key, the latest last. */
  readonly #latest = new Map<string, Position>();
  /** Up to here nothing is told apart. */
  #unknownUpTo: Position;
  #last: Position;

  /** @param startedAt where the log ended when the process started: it does not know what was written until then. */
  constructor(view: Pick<CheckpointSignal, 'hasReached'>, startedAt: Position) {
    this.#view = view;
    this.#unknownUpTo = startedAt;
    this.#last = startedAt;
  }

  /** Position of the last change, seen or not; where the process has made none, of the log's end when it started. */
  get last(): Position {
    return this.#last;
  }

  userWritten({ tenantId, id, before, after, events, position }: LoggedChange<UserState, UserEvent>): void {
    this.#heardOf(position);
    this.#note(resourceKey(tenantId, 'User', id), position);
    if (events.some(movesName)) this.#noteNames(tenantId, 'User', [before, after], position);
  }

  groupWritten({ tenantId, id, before, after, events, position }: LoggedChange<GroupState, GroupEvent>): void {
    this.#heardOf(position);
    this.#note(resourceKey(tenantId, 'Group', id), position);
    if (events.some(movesName)) this.#noteNames(tenantId, 'Group', [before, after], position);
    for (const event of events) this.#noteMemberships(tenantId, event, position);
  }

  /** Whether a read of this much could show less than was answered. */
  concern(scope: Exclude<ReadScope, { of: 'everything' }>): boolean {
    if (!this.#isUnseen(this.#last)) return false;
    if (this.#isUnseen(this.#unknownUpTo)) return true;
    if (scope.of === 'bearer') return this.#has(nameKey(scope.tenant, scope.type, scope.name));
    const { tenant, type, id, withMemberships } = scope;
    if (this.#has(resourceKey(tenant, type, id))) return true;
    // A group's members change with the group alone.
    if (!withMemberships || type === 'Group') return false;
    return this.#has(groupsOfKey(tenant, id)) || this.#has(allGroupsKey(tenant));
  }

  /** A user is shown with the names of its groups, and who is in a group that is renamed or gone only the view knows. */
  #noteMemberships(tenant: TenantId, event: GroupEvent, position: Position): void {
    switch (event.type) {
      case 'GroupMembershipChanged': {
        const { added, removed } = event.data;
        if (added.length + removed.length > mostMembers) return this.#note(allGroupsKey(tenant), position);
        for (const { value } of added) this.#note(groupsOfKey(tenant, value), position);
        for (const id of removed) this.#note(groupsOfKey(tenant, id), position);
        return;
      }
      case 'GroupProfileChanged':
      case 'GroupDeprovisioned':
        return this.#note(allGroupsKey(tenant), position);
      case 'GroupProvisioned':
      case 'NameClaimAbandoned':
        return;
    }
  }

  #noteNames(tenant: TenantId, type: NamedType, states: readonly ResourceState[], position: Position): void {
    for (const state of states) {
      if (state.status !== 'provisioned') continue;
      const name = state.attributes[type === 'User' ? 'userName' : 'displayName'];
      this.#note(nameKey(tenant, type, name as string), position);
    }
  }

  /** Writers of different streams are not heard of in the order of the log. */
  #note(key: string, position: Position): void {
    if ((this.#latest.get(key) ?? beforeFirstPosition) >= position) return;
    this.#latest.delete(key);
    this.#latest.set(key, position);
  }

  #has(key: string): boolean {
    const position = this.#latest.get(key);
    return position !== undefined && this.#isUnseen(position);
  }

  #isUnseen(position: Position): boolean {
    return !this.#view.hasReached(position);
  }

  #heardOf(position: Position): void {
    this.#forgetSeen();
    if (position > this.#last) this.#last = position;
  }

  #forgetSeen(): void {
    for (const [key, position] of this.#latest) {
      if (this.#isUnseen(position)) break;
      this.#latest.delete(key);
    }
    if (this.#latest.size < mostKeys) return;
    this.#unknownUpTo = this.#last;
    this.#latest.clear();
  }
}

/** Whether somebody bears another name after the event, or whether nobody or somebody bears it at all. */
function movesName({ type, data }: UserEvent | GroupEvent): boolean {
  switch (type) {
    case 'UserProfileChanged':
    case 'GroupProfileChanged':
      return 'nameClaim' in data;
    case 'UserProvisioned':
    case 'UserDeprovisioned':
    case 'GroupProvisioned':
    case 'GroupDeprovisioned':
      return true;
    default:
      return false;
  }
}

// Tenant ids hold no slash.
const resourceKey = (tenant: TenantId, type: NamedType, id: string) => `${type}/${tenant}/${id}`;
const nameKey = (tenant: TenantId, type: NamedType, name: string) => `named ${type}/${tenant}/${foldCase(name)}`;
const groupsOfKey = (tenant: TenantId, id: string) => `groups of/${tenant}/${id}`;
const allGroupsKey = (tenant: TenantId) => `groups/${tenant}`;
