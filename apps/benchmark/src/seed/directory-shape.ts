import type { ResourceId } from '#kernel';

/** What a data folder holds: people with the numbers from 0, and groups of the first of them. */
export interface DirectoryShape {
  readonly name: string;
  readonly users: number;
  /** Members of each group, in the order of the groups' numbers. */
  readonly groups: readonly number[];
}

export const smallestGroup = 100;
export const readGroup = 50_000;
export const largestGroup = 100_000;

export const thousandUsers: DirectoryShape = { name: 'thousand-users', users: 1_000, groups: [] };
export const millionUsers: DirectoryShape = {
  name: 'million-users',
  users: 1_000_000,
  groups: [smallestGroup, readGroup, largestGroup],
};
export const millionMemberships: DirectoryShape = {
  name: 'million-memberships',
  users: 100_000,
  groups: Array.from({ length: 1_000 }, () => 1_000),
};

/** Events in the log of a directory besides those of memberships: each resource, and the claim on its name. */
export function leastEvents({ users, groups }: DirectoryShape): number {
  return 2 * (users + groups.length);
}

/** Ids tell the number, so that a measurement need not look them up. */
export function userId(number: number): ResourceId {
  return uuid(0xa, number);
}

export function groupId(number: number): ResourceId {
  return uuid(0xb, number);
}

/** The members of a group, a different stretch of the users for every group as far as they reach. */
export function memberNumbers({ users }: DirectoryShape, group: number, size: number): number[] {
  const first = (group * size) % users;
  return Array.from({ length: size }, (_, index) => (first + index) % users);
}

function uuid(kind: number, number: number): ResourceId {
  return `00000000-0000-7000-8000-${kind.toString(16)}${number.toString(16).padStart(11, '0')}` as ResourceId;
}
