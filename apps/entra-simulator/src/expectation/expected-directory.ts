import { type AttributeValue } from '../wire/attribute-map.js';
import { type AcknowledgedWrite, type DoubtfulWrite } from './acknowledged-write.js';

export interface ExpectedUser {
  readonly attributes: Map<string, AttributeValue | undefined>;
  /** Attributes of which the last write got no answer: both values are right. */
  readonly uncertain: Set<string>;
}

export interface ExpectedGroup {
  displayName: string;
  readonly externalId: string | undefined;
  readonly members: Set<string>;
  /** Members of whom the last write got no answer: present and absent are both right. */
  readonly uncertain: Set<string>;
  nameUncertain: boolean;
}

/** What the server must hold after the writes it acknowledged, and what nobody can know for want of an answer. */
export class ExpectedDirectory {
  readonly users = new Map<string, ExpectedUser>();
  readonly groups = new Map<string, ExpectedGroup>();
  readonly deletedUsers = new Set<string>();
  readonly deletedGroups = new Set<string>();
  /** Resources whose deletion got no answer: they may be there or not. */
  readonly uncertainIds = new Set<string>();

  apply(write: AcknowledgedWrite): void {
    switch (write.kind) {
      case 'user-provisioned':
        this.users.set(write.id, { attributes: new Map(write.expectedState), uncertain: new Set() });
        break;
      case 'user-changed':
        this.#changeUser(write.id, write.expectedState);
        break;
      case 'user-deleted':
        this.#forget(write.id, this.users, this.deletedUsers);
        break;
      case 'group-provisioned': {
        const { displayName, externalId, members } = write.expectedState;
        const group = { displayName, externalId, members: new Set(members), uncertain: new Set<string>() };
        this.groups.set(write.id, { ...group, nameUncertain: false });
        break;
      }
      case 'group-renamed':
        Object.assign(this.#group(write.id), { displayName: write.expectedState.displayName, nameUncertain: false });
        break;
      case 'group-deleted':
        this.#forget(write.id, this.groups, this.deletedGroups);
        break;
      case 'members-added':
      case 'members-removed':
        this.#changeMembers(write.id, write.expectedState.members, write.kind === 'members-added');
        break;
    }
  }

  /** Notes a write that may or may not have happened. A later acknowledged write to the same place settles it. */
  doubt(write: DoubtfulWrite): void {
    switch (write.kind) {
      case 'user-changed':
        for (const path of write.expectedState.keys()) this.users.get(write.id)?.uncertain.add(path);
        break;
      case 'group-renamed':
        this.#group(write.id).nameUncertain = true;
        break;
      case 'members-added':
      case 'members-removed':
        for (const member of write.expectedState.members) this.groups.get(write.id)?.uncertain.add(member);
        break;
      case 'user-deleted':
      case 'group-deleted':
        this.uncertainIds.add(write.id);
        break;
    }
  }

  /** Whether the user must be listed as a member wherever it was added; a deleted user is a member of nothing. */
  isLiveUser(id: string): boolean {
    return !this.deletedUsers.has(id);
  }

  #changeUser(id: string, changes: ReadonlyMap<string, AttributeValue | undefined>): void {
    const user = this.users.get(id);
    for (const [path, value] of changes) {
      user?.attributes.set(path, value);
      user?.uncertain.delete(path);
    }
  }

  #changeMembers(id: string, members: readonly string[], added: boolean): void {
    const group = this.#group(id);
    for (const member of members) {
      if (added) group.members.add(member);
      else group.members.delete(member);
      group.uncertain.delete(member);
    }
  }

  #group(id: string): ExpectedGroup {
    const group = this.groups.get(id);
    if (group === undefined) throw new Error(`no write has provisioned group ${id}`);
    return group;
  }

  #forget(id: string, live: Map<string, unknown>, deleted: Set<string>): void {
    live.delete(id);
    deleted.add(id);
    this.uncertainIds.delete(id);
  }
}
