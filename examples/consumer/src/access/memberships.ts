import { LastWords } from '../contract/last-words.js';

/** Keys of a membership's ends, `tenant:id` each. */
export interface Pair {
  readonly group: string;
  readonly member: string;
}

/** Who is in which group, by what was said last of each membership. */
export class Memberships {
  readonly #words = new LastWords<boolean>();
  readonly #membersOf = new Map<string, Set<string>>();
  readonly #groupsOf = new Map<string, Set<string>>();

  has({ group, member }: Pair): boolean {
    return this.#membersOf.get(group)?.has(member) === true;
  }

  ofGroup(group: string): readonly Pair[] {
    return Array.from(this.#membersOf.get(group) ?? [], (member) => ({ group, member }));
  }

  ofMember(member: string): readonly Pair[] {
    return Array.from(this.#groupsOf.get(member) ?? [], (group) => ({ group, member }));
  }

  all(): readonly Pair[] {
    return [...this.#membersOf.keys()].flatMap((group) => this.ofGroup(group));
  }

  /** @param knownTo see `LastWords`. */
  take(pair: Pair, revision: number, isMember: boolean, knownTo?: number): void {
    if (this.#words.take(nameOf(pair), revision, isMember, knownTo)) this.#set(pair, isMember);
  }

  /** An event ends the membership. Where it is the newest of the group, the revision of that remembers it from now on. */
  end(pair: Pair, revision: number, knownTo: number): void {
    this.take(pair, revision, false, knownTo);
    if (revision > knownTo) this.#words.forget(nameOf(pair), revision);
  }

  #set({ group, member }: Pair, isMember: boolean): void {
    for (const [sets, one, other] of [
      [this.#membersOf, group, member],
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

const nameOf = ({ group, member }: Pair) => `${group} ${member}`;
