import { type Company } from './company.js';
import { nameAfter, type Person } from './person.js';
import { SeededRandom } from './seeded-random.js';
import { departments, jobTitles, sites, surnames } from './vocabulary.js';

/** What happens in the company between two cycles of the provisioning service. */
export class CompanyLife {
  readonly #company: Company;
  readonly #random: SeededRandom;
  #former: Person[] = [];

  constructor(company: Company) {
    this.#company = company;
    this.#random = new SeededRandom(`${company.name}/life`);
  }

  /**
   * Lets one interval pass. Half of those who were deleted an interval ago are hired again, whoever was disabled returns
   * or is deleted, then others change, leave and join: three intervals show every kind of change. Those who join make up
   * for those who are gone, so that the company keeps its size however long it lives.
   */
  pass(): void {
    const disabled = [...this.#company.people.values()].filter((person) => !person.accountEnabled);
    for (const former of this.#former.filter((_, index) => index % 2 === 0)) this.#company.rehire(former);
    this.#returnOrDelete(disabled);
    this.#changePeople();
    this.#leaveAndJoin();
    this.#changeGroups();
  }

  #returnOrDelete(disabled: readonly Person[]): void {
    for (const person of disabled.filter((_, index) => index % 2 === 1)) {
      this.#company.place({ ...person, accountEnabled: true, jobTitle: this.#random.pick(jobTitles) });
    }
    this.#former = disabled.filter((_, index) => index % 2 === 0);
    this.#company.remove(this.#former);
  }

  #changePeople(): void {
    const random = this.#random;
    this.#some(0.03, (person) => ({ ...person, jobTitle: `Senior ${random.pick(jobTitles)}` }));
    this.#some(0.02, (person) => ({ ...person, site: random.pick(sites), department: random.pick(departments) }));
    this.#some(0.02, (person) => ({ ...person, mobile: `+46 73 ${1000 + random.below(9000)}` }));
    this.#some(0.01, (person) => ({
      ...person,
      ...nameAfter(person, `${random.pick(surnames)}-${person.surname.split('-').at(-1)}`),
    }));
    const colleagues = this.#enabledPeople();
    this.#some(0.02, (person) => {
      const manager = random.pick(colleagues);
      return manager.key === person.key ? person : { ...person, managerKey: manager.key };
    });
    this.#some(0.01, (person) => ({ ...person, managerKey: undefined }));
  }

  #leaveAndJoin(): void {
    // Two at least, so that of every set of leavers one returns and one is deleted.
    for (let half = 0; half < 2; half++) this.#some(0.01, (person) => ({ ...person, accountEnabled: false }));
    const joiners = atLeastOne(this.#company.size.users - this.#company.people.size);
    for (let count = 0; count < joiners; count++) this.#company.hire();
  }

  #changeGroups(): void {
    const random = this.#random;
    const groups = [...this.#company.groups.values()];
    const everybody = this.#enabledPeople().map((person) => person.key);
    for (const group of random.sample(groups, atLeastOne(groups.length * 0.2))) {
      for (const key of random.sample([...group.members], atLeastOne(group.members.size * 0.1)))
        group.members.delete(key);
      for (const key of random.sample(everybody, atLeastOne(this.#company.size.members * 0.1))) group.members.add(key);
    }
    for (const group of random.sample(groups, atLeastOne(groups.length * 0.02))) {
      this.#company.renameGroup(group, `New ${random.pick(departments)}`);
    }
    if (groups.length > 2) this.#company.groups.delete(random.pick(groups).key);
    if (this.#company.size.groups > 0) this.#company.openGroup();
  }

  #some(share: number, change: (person: Person) => Person): void {
    const enabled = this.#enabledPeople();
    for (const person of this.#random.sample(enabled, atLeastOne(enabled.length * share))) {
      this.#company.place(change(person));
    }
  }

  #enabledPeople(): Person[] {
    return [...this.#company.people.values()].filter((person) => person.accountEnabled);
  }
}

function atLeastOne(count: number): number {
  return Math.max(1, Math.round(count));
}
