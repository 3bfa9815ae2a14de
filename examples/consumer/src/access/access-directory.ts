import { LastWords } from '../contract/last-words.js';
import type { ProvisioningMessage, ProvisioningValue } from '../contract/provisioning-message.js';
import type { Access, AccessChange } from './access-change.js';
import { Memberships, type Pair } from './memberships.js';

/**
 * Who has access to what: an enabled user who is a member. A membership may be heard of before its user; it counts from
 * when the user is known.
 *
 * Revisions are compared for each thing that a message says something of: each membership, each name, and whether somebody
 * may come in. A message about one of them does not tell how far the others are known.
 */
export class AccessDirectory {
  readonly #enabled = new LastWords<boolean>();
  readonly #userNames = new LastWords<string>();
  readonly #groupNames = new LastWords<string>();
  readonly #memberships = new Memberships();

  /** From a compacted topic. Nobody is told: it was so before. */
  takeState({ key, type, revision, tenant, value }: ProvisioningMessage): void {
    if (type === 'membership.state.v1') {
      const [, group, ...member] = key.split(':');
      const pair = { group: `${tenant}:${group}`, member: `${tenant}:${member.join(':')}` };
      this.#memberships.take(pair, revision, value !== null);
    } else if (type === 'user.state.v1') {
      this.#enabled.take(key, revision, value?.enabled === true);
      this.#userNames.take(key, revision, value?.attributes?.userName ?? key);
    } else if (type === 'group.state.v1') {
      this.#groupNames.take(key, revision, value?.attributes?.displayName ?? key);
    }
  }

  /**
   * @param knownTo up to which revision the events of the key were taken before.
   * @returns what the event changed.
   */
  takeEvent(message: ProvisioningMessage, knownTo: number): readonly AccessChange[] {
    const { tenant, actor } = message;
    const pairs = this.#concerned(message);
    const named = pairs.map((pair) => this.#named(pair));
    const before = pairs.map((pair) => this.#hasAccess(pair));
    this.#apply(message, knownTo);
    return pairs.flatMap((pair, index) => {
      const has = this.#hasAccess(pair);
      if (has === before[index]) return [];
      const { user, group } = has ? this.#named(pair) : (named[index] as Names);
      return [{ change: has ? 'gained' : 'lost', tenant, user, group, actor } as const];
    });
  }

  accesses(): readonly Access[] {
    return this.#pairsWithAccess().map((pair) => ({ tenant: tenantOf(pair), ...this.#named(pair) }));
  }

  /** What differs in another directory of the same tenants, e.g. one that was read anew after events were missed. */
  changesTo(other: AccessDirectory): readonly AccessChange[] {
    return [...this.#changesNotIn(other, 'lost'), ...other.#changesNotIn(this, 'gained')];
  }

  #concerned({ type, key, tenant, value }: ProvisioningMessage): readonly Pair[] {
    if (type.startsWith('user.')) return this.#memberships.ofMember(key);
    if (type === 'group.deprovisioned.v1') return this.#memberships.ofGroup(key);
    const ids = [...(value?.removed ?? []), ...(value?.added ?? []).map((member) => member.value)];
    return ids.map((id) => ({ group: key, member: `${tenant}:${id}` }));
  }

  #apply({ type, key, tenant, revision, value }: ProvisioningMessage, knownTo: number): void {
    const { attributes, assigned, added = [], removed = [] }: ProvisioningValue = value ?? {};
    const names = attributes ?? assigned;
    if (type.startsWith('user.') && names?.userName !== undefined) {
      this.#userNames.take(key, revision, names.userName, knownTo);
    }
    if (type.startsWith('group.') && names?.displayName !== undefined) {
      this.#groupNames.take(key, revision, names.displayName, knownTo);
    }
    switch (type) {
      case 'user.provisioned.v1':
        this.#enabled.take(key, revision, attributes?.active !== false, knownTo);
        break;
      case 'user.deactivated.v1':
      case 'user.reactivated.v1':
        this.#enabled.take(key, revision, type === 'user.reactivated.v1', knownTo);
        break;
      case 'user.deprovisioned.v1':
        this.#enabled.take(key, revision, false, knownTo);
        if (revision <= knownTo) break;
        this.#enabled.forget(key, revision);
        this.#userNames.forget(key, revision);
        break;
      case 'group.membership-changed.v1':
        for (const id of removed) this.#memberships.end({ group: key, member: `${tenant}:${id}` }, revision, knownTo);
        for (const { value: id } of added) {
          this.#memberships.take({ group: key, member: `${tenant}:${id}` }, revision, true, knownTo);
        }
        break;
      case 'group.deprovisioned.v1':
        for (const pair of this.#memberships.ofGroup(key)) this.#memberships.end(pair, revision, knownTo);
        if (revision > knownTo) this.#groupNames.forget(key, revision);
        break;
    }
  }

  #hasAccess(pair: Pair): boolean {
    return this.#memberships.has(pair) && this.#enabled.get(pair.member) === true;
  }

  #named({ group, member }: Pair): Names {
    return { user: this.#userNames.get(member) ?? member, group: this.#groupNames.get(group) ?? group };
  }

  #pairsWithAccess(): readonly Pair[] {
    return this.#memberships.all().filter((pair) => this.#hasAccess(pair));
  }

  #changesNotIn(other: AccessDirectory, change: AccessChange['change']): readonly AccessChange[] {
    return this.#pairsWithAccess()
      .filter((pair) => !other.#hasAccess(pair))
      .map((pair) => ({ change, tenant: tenantOf(pair), ...this.#named(pair), actor: undefined }));
  }
}

interface Names {
  readonly user: string;
  readonly group: string;
}

const tenantOf = ({ group }: Pair) => group.split(':')[0] as string;
