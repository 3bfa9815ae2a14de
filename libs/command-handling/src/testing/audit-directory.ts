import { foldCase, type JsonObject, type TenantId } from '#kernel';
import {
  absentGroup,
  absentUser,
  evolveGroup,
  evolveUser,
  type GroupEvent,
  type GroupState,
  type NameClaim,
  type UserEvent,
  type UserState,
} from '#directory-domain';
import { eventCodec, type EventMetadata, nameStream } from '#event-catalog';
import { beforeFirstPosition, type EventStore } from '#event-store';

export interface AuditedDirectory {
  /** Attributes of everybody who is provisioned, by id. */
  readonly users: ReadonlyMap<string, JsonObject>;
  readonly groups: ReadonlyMap<string, { readonly attributes: JsonObject; readonly members: ReadonlySet<string> }>;
  /** Every command that wrote anything. */
  readonly commandIds: ReadonlySet<string>;
  /** `<id>:<folded name>` of whoever held a name at any time. */
  readonly everHeld: ReadonlySet<string>;
}

/** Folds a whole log and throws an Error at the first thing that must never be in one. */
export async function auditDirectory(store: EventStore): Promise<AuditedDirectory> {
  const audit = new Audit();
  for (const recorded of await store.readAll(beforeFirstPosition, Number.MAX_SAFE_INTEGER)) {
    audit.see(eventCodec.decode(recorded));
  }
  return audit.finish();
}

interface Owner {
  readonly tenantId: TenantId;
  readonly type: 'user' | 'group';
  readonly id: string;
  readonly state: UserState | GroupState;
}

class Audit {
  readonly #length = new Map<string, number>();
  readonly #eventIds = new Set<string>();
  readonly #commandIds = new Set<string>();
  readonly #owners = new Map<string, Owner>();
  readonly #members = new Map<string, Set<string>>();
  readonly #holders = new Map<string, string>();
  readonly #everHeld = new Set<string>();
  readonly #claimed = new Map<string, string | undefined>();

  see({ event, eventId, stream, revision, metadata }: ReturnType<typeof eventCodec.decode>): void {
    const expected = this.#length.get(stream) ?? 0;
    if (revision !== expected) throw new Error(`${stream} goes on at revision ${revision} instead of ${expected}`);
    if (this.#eventIds.has(eventId)) throw new Error(`Event ${eventId} is in the log twice`);
    this.#length.set(stream, expected + 1);
    this.#eventIds.add(eventId);
    this.#commandIds.add(metadata.commandId);
    if (event.type === 'NameClaimed') this.#claimed.set(stream, event.data.claimId);
    else if (event.type === 'NameReleased') this.#claimed.set(stream, undefined);
    else this.#evolve(stream, event, metadata);
  }

  #evolve(stream: string, event: UserEvent | GroupEvent, { tenantId, occurredAt: at }: EventMetadata): void {
    const type = stream.startsWith('scim.user-') ? 'user' : 'group';
    const id = stream.slice(stream.indexOf('.', 5) + 1);
    const before = this.#owners.get(stream)?.state;
    const state =
      type === 'user'
        ? evolveUser((before ?? absentUser) as UserState, event as UserEvent, at)
        : evolveGroup(before ?? absentGroup, event as GroupEvent, at);
    this.#owners.set(stream, { tenantId, type, id, state });
    this.#hold(stream, before?.claims.held, state.claims.held);
    if (state.status === 'provisioned') {
      const name = state.attributes[type === 'user' ? 'userName' : 'displayName'] as string;
      this.#everHeld.add(`${id}:${foldCase(name)}`);
    }
    if (event.type === 'GroupMembershipChanged') this.#changeMembers(id, event.data);
  }

  #hold(stream: string, before: NameClaim | undefined, after: NameClaim | undefined): void {
    if (before?.key === after?.key) return;
    if (before) this.#holders.delete(before.key);
    if (!after) return;
    const other = this.#holders.get(after.key);
    if (other !== undefined) throw new Error(`${other} and ${stream} hold the same name`);
    this.#holders.set(after.key, stream);
  }

  #changeMembers(id: string, { added, removed }: { added: readonly { value: string }[]; removed: readonly string[] }) {
    const members = this.#members.get(id) ?? new Set();
    this.#members.set(id, members);
    for (const member of removed) {
      if (!members.delete(member)) throw new Error(`${member} left group ${id} without being a member`);
    }
    for (const { value } of added) {
      if (members.has(value)) throw new Error(`${value} became a member of group ${id} twice`);
      members.add(value);
    }
  }

  finish(): AuditedDirectory {
    const users = new Map<string, JsonObject>();
    const groups = new Map<string, { attributes: JsonObject; members: ReadonlySet<string> }>();
    for (const [stream, { tenantId, type, id, state }] of this.#owners) {
      if (state.status !== 'provisioned') continue;
      const { held } = state.claims;
      if (!held) throw new Error(`${stream} has no claim on its name`);
      if (this.#claimed.get(nameStream(tenantId, held.key)) !== held.claimId) {
        throw new Error(`${stream} holds a name whose claim stream says otherwise`);
      }
      if (type === 'user') users.set(id, state.attributes);
      else groups.set(id, { attributes: state.attributes, members: this.#members.get(id) ?? new Set() });
    }
    return { users, groups, commandIds: this.#commandIds, everHeld: this.#everHeld };
  }
}
