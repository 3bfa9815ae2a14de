import type { Access } from '../access/access-change.js';
import type { ProvisioningMessage, ProvisioningValue } from '../contract/provisioning-message.js';
import { membersChanged, membership, message, noMembership } from './messages.js';
import type { Role } from './simulated-topics.js';

/** What is done to users and groups; what cannot be done where they stand is passed by. */
export type Command =
  | { readonly of: 'user'; readonly id: string; readonly act: 'toggle' | 'rename' | 'abandon' | 'end' }
  | { readonly of: 'group'; readonly id: string; readonly act: 'rename' | 'abandon' | 'end' }
  | {
      readonly of: 'members';
      readonly id: string;
      readonly added: readonly string[];
      readonly removed: readonly string[];
    };

export interface Published {
  readonly role: Role;
  readonly message: ProvisioningMessage;
}

interface Resource {
  name: string;
  enabled: boolean;
  isOver: boolean;
  readonly members: Set<string>;
}

/** Users and groups of acme, and everything that a relay publishes of them. */
export class PublishedHistory {
  readonly #users = new Map<string, Resource>();
  readonly #groups = new Map<string, Resource>();
  readonly #lengths = new Map<string, number>();
  /** What happened to memberships, as `<member> in <group>`. */
  readonly #changes: { readonly pair: string; readonly change: 'gained' | 'lost' }[] = [];
  /** By event, in the order of the log; the event itself is the first message. */
  readonly events: (readonly Published[])[] = [];
  /** The states that events lead to which were given up. */
  readonly givenUp = new Set<ProvisioningMessage>();

  take(command: Command): void {
    if (command.of === 'user') this.#takeUser(command.id, command.act);
    else if (command.of === 'group') this.#takeGroup(command.id, command.act);
    else this.#takeMembers(command);
  }

  /** One more event of everything there ever was: whatever was missed can be noticed by it. */
  endWithAll(): void {
    for (const id of this.#lengths.keys()) this.#publish('name.claim-abandoned', id, {});
  }

  /** An operator gives up what cannot be sent of the events from here on: those themselves. */
  giveUpFrom(index: number): void {
    for (const [at, [, ...states]] of this.events.entries()) {
      if (at < index) continue;
      this.events[at] = states;
      for (const { message } of states) this.givenUp.add(message);
    }
  }

  accesses(): readonly Access[] {
    return [...this.#groups.values()].flatMap((group) =>
      [...group.members]
        .filter((id) => this.#users.get(id)?.enabled)
        .map((id) => ({ tenant: 'acme', user: this.#users.get(id)?.name ?? id, group: group.name })),
    );
  }

  changesOf(pair: string): readonly string[] {
    return this.#changes.filter((change) => change.pair === pair).map(({ change }) => change);
  }

  #takeUser(id: string, act: 'toggle' | 'rename' | 'abandon' | 'end'): void {
    const user = this.#users.get(id);
    const userName = this.#nextName(id);
    if (user === undefined) {
      this.#users.set(id, { name: userName, enabled: true, isOver: false, members: new Set() });
      this.#publishUser('user.provisioned', id, { attributes: { userName, active: true } });
    } else if (user.isOver) return;
    else if (act === 'toggle') {
      user.enabled = !user.enabled;
      this.#publishUser(user.enabled ? 'user.reactivated' : 'user.deactivated', id, {});
    } else if (act === 'rename') {
      user.name = userName;
      this.#publishUser('user.profile-changed', id, { assigned: { userName } });
    } else if (act === 'end') {
      Object.assign(user, { enabled: false, isOver: true });
      this.#publishUser('user.deprovisioned', id, {});
    } else this.#publish('name.claim-abandoned', id, {});
  }

  #takeGroup(id: string, act: 'rename' | 'abandon' | 'end'): void {
    const group = this.#groups.get(id);
    const displayName = this.#nextName(id);
    if (group === undefined) {
      this.#groups.set(id, { name: displayName, enabled: true, isOver: false, members: new Set() });
      this.#publishGroup('group.provisioned', id, { attributes: { displayName } });
    } else if (group.isOver) return;
    else if (act === 'rename') {
      group.name = displayName;
      this.#publishGroup('group.profile-changed', id, { assigned: { displayName } });
    } else if (act === 'end') {
      const ends = [...group.members].map((member) => noMembership(id, member, this.#revision(id)));
      for (const member of group.members) this.#setMember(id, member, false);
      group.isOver = true;
      this.#publishGroup('group.deprovisioned', id, {}, ends);
    } else this.#publish('name.claim-abandoned', id, {});
  }

  #takeMembers({ id, added, removed }: Command & { readonly of: 'members' }): void {
    if (!this.#groups.has(id)) this.#takeGroup(id, 'rename');
    const { members, isOver } = this.#groups.get(id) as Resource;
    const change = {
      added: added.filter((member) => !members.has(member)),
      removed: removed.filter((member) => members.has(member)),
    };
    if (isOver || change.added.length + change.removed.length === 0) return;
    for (const member of change.removed) this.#setMember(id, member, false);
    for (const member of change.added) this.#setMember(id, member, true);
    const revision = this.#revision(id);
    const states = [
      ...change.removed.map((member) => noMembership(id, member, revision)),
      ...change.added.map((member) => membership(id, member, revision)),
    ];
    this.#append(membersChanged(id, revision, change), 'memberships', states);
  }

  #setMember(id: string, member: string, isMember: boolean): void {
    const { members } = this.#groups.get(id) as Resource;
    if (isMember) members.add(member);
    else members.delete(member);
    this.#changes.push({ pair: `${member} in ${id}`, change: isMember ? 'gained' : 'lost' });
  }

  #publishUser(type: string, id: string, value: ProvisioningValue): void {
    const { name: userName, enabled, isOver } = this.#users.get(id) as Resource;
    const state = isOver ? null : { enabled, attributes: { userName } };
    const revision = this.#revision(id);
    this.#append(message(type, id, revision, value), 'users', [message('user.state', id, revision, state)]);
  }

  #publishGroup(type: string, id: string, value: ProvisioningValue, ends: readonly ProvisioningMessage[] = []): void {
    const { name: displayName, isOver } = this.#groups.get(id) as Resource;
    const state = isOver ? null : { attributes: { displayName } };
    const revision = this.#revision(id);
    this.#append(message(type, id, revision, value), 'memberships', ends);
    this.events.push([
      ...(this.events.pop() ?? []),
      { role: 'groups', message: message('group.state', id, revision, state) },
    ]);
  }

  #publish(type: string, id: string, value: ProvisioningValue): void {
    this.#append(message(type, id, this.#revision(id), value), 'users', []);
  }

  #append(event: ProvisioningMessage, role: Role, states: readonly ProvisioningMessage[]): void {
    const id = event.key.slice('acme:'.length);
    this.#lengths.set(id, this.#revision(id) + 1);
    this.events.push([{ role: 'events', message: event }, ...states.map((state) => ({ role, message: state }))]);
  }

  #revision(id: string): number {
    return this.#lengths.get(id) ?? 0;
  }

  #nextName(id: string): string {
    return `${id}#${this.#revision(id)}`;
  }
}
