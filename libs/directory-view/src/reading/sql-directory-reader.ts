import type { TenantId } from '#kernel';
import type { ResourceTypeName } from '#scim-protocol';
import type { SqlReads } from '../sql/sql-connection.js';
import type { DirectoryQuery, DirectoryReader } from './directory-reader.js';
import { findResource } from './find-resource.js';
import { groupWithMembers } from './group-with-members.js';
import { groupsOfUser } from './groups-of-user.js';
import { groupsWithMember } from './groups-with-member.js';
import { listResources } from './list-resources.js';
import { readAllMembers, readMembersAmong } from './look-up-members.js';
import { membersAt } from './members-at.js';
import { provisionedAmong } from './provisioned-among.js';

/** Every read of the view, on whichever engine the reads go to. */
export class SqlDirectoryReader implements DirectoryReader {
  readonly #reads: () => SqlReads;

  /** @param reads asked for every read: the live generation may change between two of them. */
  constructor(reads: () => SqlReads) {
    this.#reads = reads;
  }

  find(tenant: TenantId, type: ResourceTypeName, id: string) {
    return findResource(this.#reads(), tenant, type, id);
  }

  list(tenant: TenantId, type: ResourceTypeName, query: DirectoryQuery) {
    return listResources(this.#reads(), tenant, type, query);
  }

  groupsOf(tenant: TenantId, userId: string, base: string) {
    return groupsOfUser(this.#reads(), tenant, userId, base);
  }

  groupWithMembers(tenant: TenantId, groupId: string, base: string, shown?: (members: string) => string) {
    return groupWithMembers(this.#reads(), tenant, groupId, base, shown);
  }

  membersAmong(tenant: TenantId, groupId: string, ids: readonly string[]) {
    return readMembersAmong(this.#reads(), tenant, groupId, ids);
  }

  allMembers(tenant: TenantId, groupId: string) {
    return readAllMembers(this.#reads(), tenant, groupId);
  }

  provisionedAmong(tenant: TenantId, ids: readonly string[]) {
    return provisionedAmong(this.#reads(), tenant, ids);
  }

  groupsWithMember(tenant: TenantId, memberId: string) {
    return groupsWithMember(this.#reads(), tenant, memberId);
  }

  membersAt(tenant: TenantId, groupId: string, instant: number) {
    return membersAt(this.#reads(), tenant, groupId, instant);
  }
}
