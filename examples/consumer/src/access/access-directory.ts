import type { ProvisioningMessage, ProvisioningValue } from '../contract/provisioning-message.js';
import type { AccessChange } from './access-change.js';

interface Person {
  readonly name: string;
  readonly enabled: boolean;
}

/** Keys of a membership's ends, `tenant:id` each. */
interface Pair {
  readonly group: string;
  readonly member: string;
}

/**
 * Who has access to what: an enabled user who is a member. A membership may be heard of before its user; it counts from
 * when the user is known.
 */
export class AccessDirectory {
  readonly #people = new Map<string, Person>();
  readonly #groups = new Map<string, string>();
  readonly #members = new Map<string, Set<string>>();
  readonly #groupsOf = new Map<string, Set<string>>();

  /** From a compacted topic. Nobody is told: it was so before. */
  takeState({ key, type, tenant, value }: ProvisioningMessage): void {
    if (type === 'membership.state.v1') {
      const [, group, ...member] = key.split(':');
      this.#setMember({ group: `${tenant}:${group}`, member: `${tenant}:${member.join(':')}` }, value !== null);
    } else if (type === 'user.state.v1') {
      if (value) this.#people.set(key, { name: value.attributes?.userName ?? key, enabled: value.enabled === true });
      else this.#people.delete(key);
    } else if (type === 'group.state.v1') {
      if (value) this.#groups.set(key, value.attributes?.displayName ?? key);
      else this.#groups.delete(key);
    }
  }

  /** @returns what the event changed. */
  takeEvent(message: ProvisioningMessage): readonly AccessChange[] {
    const { key, tenant, actor, value } = message;
    const pairs = this.#concerned(message);
    const named = pairs.map((pair) => this.#named(pair));
    const before = pairs.map((pair) => this.#hasAccess(pair));
    this.#apply(message, key, value ?? {});
    return pairs.flatMap((pair, index) => {
      const has = this.#hasAccess(pair);
      if (has === before[index]) return [];
      const { user, group } = has ? this.#named(pair) : (named[index] as { user: string; group: string });
      return [{ change: has ? 'gained' : 'lost', tenant, user, group, actor } as const];
    });
  }

  /** What differs in another directory of the same tenants, e.g. one that was read anew after events were missed. */
  changesTo(other: AccessDirectory): readonly AccessChange[] {
    return [
      ...this.#accessesNotIn(other).map((pair) => ({ ...this.#named(pair), change: 'lost' as const, pair })),
      ...other.#accessesNotIn(this).map((pair) => ({ ...other.#named(pair), change: 'gained' as const, pair })),
    ].map(({ pair, ...change }) => ({ ...change, tenant: pair.group.split(':')[0] as string, actor: undefined }));
  }

  #concerned({ type, key, tenant, value }: ProvisioningMessage): readonly Pair[] {
    if (type.startsWith('user.')) return [...(this.#groupsOf.get(key) ?? [])].map((group) => ({ group, member: key }));
    if (type === 'group.deprovisioned.v1') {
      return [...(this.#members.get(key) ?? [])].map((member) => ({ group: key, member }));
    }
    const ids = [...(value?.removed ?? []), ...(value?.added ?? []).map((member) => member.value)];
    return ids.map((id) => ({ group: key, member: `${tenant}:${id}` }));
  }

  #apply({ type, tenant }: ProvisioningMessage, key: string, value: ProvisioningValue): void {
    const person = this.#people.get(key);
    switch (type) {
      case 'user.provisioned.v1':
        this.#people.set(key, {
          name: value.attributes?.userName ?? key,
          enabled: value.attributes?.active !== false,
        });
        break;
      case 'user.profile-changed.v1':
        if (person) this.#people.set(key, { ...person, name: value.assigned?.userName ?? person.name });
        break;
      case 'user.deactivated.v1':
      case 'user.reactivated.v1':
        if (person) this.#people.set(key, { ...person, enabled: type === 'user.reactivated.v1' });
        break;
      case 'user.deprovisioned.v1':
        this.#people.delete(key);
        break;
      case 'group.provisioned.v1':
      case 'group.profile-changed.v1': {
        const name = (value.attributes ?? value.assigned)?.displayName;
        if (name !== undefined) this.#groups.set(key, name);
        break;
      }
      case 'group.membership-changed.v1':
        for (const id of value.removed ?? []) this.#setMember({ group: key, member: `${tenant}:${id}` }, false);
        for (const member of value.added ?? []) {
          this.#setMember({ group: key, member: `${tenant}:${member.value}` }, true);
        }
        break;
      case 'group.deprovisioned.v1':
        for (const member of this.#members.get(key) ?? []) this.#setMember({ group: key, member }, false);
        this.#groups.delete(key);
        break;
    }
  }

  #hasAccess({ group, member }: Pair): boolean {
    return this.#members.get(group)?.has(member) === true && this.#people.get(member)?.enabled === true;
  }

  #named({ group, member }: Pair): { readonly user: string; readonly group: string } {
    return { user: this.#people.get(member)?.name ?? member, group: this.#groups.get(group) ?? group };
  }

  #accessesNotIn(other: AccessDirectory): readonly Pair[] {
    const pairs = [...this.#members].flatMap(([group, members]) => [...members].map((member) => ({ group, member })));
    return pairs.filter((pair) => this.#hasAccess(pair) && !other.#hasAccess(pair));
  }

  #setMember({ group, member }: Pair, isMember: boolean): void {
    for (const [sets, one, other] of [
      [this.#members, group, member],
      [this.#groupsOf, member, group],
    ] as const) {
      const set = sets.get(one) ?? new Set<string>();
      sets.set(one, set);
      if (isMember) set.add(other);
      else set.delete(other);
      if (set.size === 0) sets.delete(one);
    }
  }
}
