import { describe, expect, it } from '@jest/globals';
import { Company } from './company.js';
import { CompanyLife } from './company-life.js';
import { hirePerson } from './person.js';

const size = { users: 200, groups: 20, members: 15 };
const grown = (name: string) => {
  const company = new Company(name, size);
  const life = new CompanyLife(company);
  for (let cycle = 0; cycle < 5; cycle++) life.pass();
  return company;
};

/** Nobody else is in a group or has people who report to them. */
function expectWhoExists({ people, groups }: Pick<Company, 'people' | 'groups'>): void {
  const members = [...groups.values()].flatMap((group) => [...group.members]);
  const managers = [...people.values()].flatMap(({ managerKey }) => managerKey ?? []);
  expect([...members, ...managers].filter((key) => !people.has(key))).toEqual([]);
}

describe('the simulated company', () => {
  it('is the same for the same name, also after years', () => {
    expect(grown('s1j1')).toEqual(grown('s1j1'));
    expect([...grown('s1j1').people.values()]).not.toEqual([...grown('s2j1').people.values()]);
  });

  it('has the same people whatever its size', () => {
    const small = new Company('s1j1', { ...size, users: 10 });
    for (const person of small.people.values())
      expect(hirePerson('s1j1', person.key).displayName).toBe(person.displayName);
  });

  it('never gives one name to two people or two groups', () => {
    const { people, groups } = grown('s1j1');
    expect(new Set([...people.values()].map((person) => person.userPrincipalName)).size).toBe(people.size);
    expect(new Set([...people.values()].map((person) => person.mailNickname)).size).toBe(people.size);
    expect(new Set([...groups.values()].map((group) => group.displayName)).size).toBe(groups.size);
  });

  it('has groups of about the size asked for, of people and managers who exist', () => {
    const { people, groups } = grown('s1j1');
    const memberships = [...groups.values()].reduce((sum, { members }) => sum + members.size, 0);
    expect(memberships / groups.size).toBeGreaterThan(size.members / 2);
    expect(memberships / groups.size).toBeLessThan(size.members * 2);
    expectWhoExists({ people, groups });
  });

  it('keeps about its size, however long it lives', () => {
    const company = new Company('s1j1', size);
    const life = new CompanyLife(company);
    for (let cycle = 0; cycle < 200; cycle++) life.pass();
    expect(company.people.size).toBeGreaterThan(size.users * 0.9);
    expect(company.people.size).toBeLessThan(size.users * 1.1);
    expect(company.groups.size).toBe(size.groups);
    const memberships = [...company.groups.values()].reduce((sum, { members }) => sum + members.size, 0);
    expect(memberships / company.groups.size).toBeLessThan(size.members * 2);
  });

  it.each([0, 1, 2])('can begin with %i people and groups, and keeps to those who exist', (count) => {
    const company = new Company('s1j1', { users: count, groups: count, members: 1 });
    const life = new CompanyLife(company);
    // Somebody joins in every interval, and a group is closed where there are three.
    for (let cycle = 1; cycle <= 5; cycle++) {
      life.pass();
      expect(company.people.size).toBeGreaterThanOrEqual(count);
      expect(company.people.size).toBeLessThanOrEqual(count + cycle);
      expect(company.groups.size).toBe(count === 0 ? 0 : Math.min(count + cycle, 3));
      expectWhoExists(company);
    }
  });
});
