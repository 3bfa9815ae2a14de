import { hirePerson, type Person } from './person.js';
import { SeededRandom } from './seeded-random.js';
import { departments } from './vocabulary.js';

/** A group as Entra ID holds it. A renamed group is a new object that keeps the same set of members. */
export interface SourceGroup {
  readonly key: number;
  readonly objectId: string;
  readonly displayName: string;
  /** Keys of the people in it. */
  readonly members: Set<number>;
}

export interface CompanySize {
  readonly users: number;
  readonly groups: number;
  /** Average number of members of a group; sizes are spread exponentially around it. */
  readonly members: number;
}

/** The simulated customer directory of one provisioning job: the source that the SCIM server has to follow. */
export class Company {
  readonly people = new Map<number, Person>();
  readonly groups = new Map<number, SourceGroup>();
  #lastPersonKey = 0;
  #lastGroupKey = 0;

  /** @param name part of every user and group name, so that the jobs of one tenant never claim the same name. */
  constructor(
    readonly name: string,
    readonly size: CompanySize,
  ) {
    for (let count = 0; count < size.users; count++) this.hire();
    for (let count = 0; count < size.groups; count++) this.openGroup();
  }

  /** Takes on the next person of the register; nine in ten report to somebody who was there before. */
  hire(): Person {
    const key = ++this.#lastPersonKey;
    const random = new SeededRandom(`${this.name}/manager/${key}`);
    const managerKey = 1 + random.below(key);
    const reports = this.people.has(managerKey) && random.chance(0.9);
    return this.place({ ...hirePerson(this.name, key), managerKey: reports ? managerKey : undefined });
  }

  /** Somebody who had been deleted returns: the old names and number, a new entry in the register. */
  rehire(former: Person): Person {
    return this.place({ ...former, key: ++this.#lastPersonKey, accountEnabled: true, managerKey: undefined });
  }

  /** Stores a person's present state. */
  place(person: Person): Person {
    this.people.set(person.key, person);
    return person;
  }

  /** Deletes people for good: gone from every group, and nobody reports to them any more. */
  remove(leaving: readonly Person[]): void {
    const keys = new Set(leaving.map((person) => person.key));
    for (const key of keys) this.people.delete(key);
    for (const group of this.groups.values()) for (const key of keys) group.members.delete(key);
    for (const person of this.people.values()) {
      if (person.managerKey !== undefined && keys.has(person.managerKey))
        this.place({ ...person, managerKey: undefined });
    }
  }

  openGroup(): SourceGroup {
    const key = ++this.#lastGroupKey;
    const random = new SeededRandom(`${this.name}/group/${key}`);
    const objectId = random.uuid();
    const displayName = this.groupName(random.pick(departments), key);
    const keys = [...this.people.keys()];
    const size = Math.max(1, Math.round(-Math.log(1 - random.next()) * this.size.members));
    const group = { key, objectId, displayName, members: new Set(random.sample(keys, Math.min(size, keys.length))) };
    this.groups.set(key, group);
    return group;
  }

  renameGroup(group: SourceGroup, department: string): void {
    this.groups.set(group.key, { ...group, displayName: this.groupName(department, group.key) });
  }

  groupName(department: string, key: number): string {
    return `${department} ${this.name}-${key}`;
  }
}
