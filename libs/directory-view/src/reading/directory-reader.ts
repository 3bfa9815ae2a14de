import type { Result, TenantId } from '#kernel';
import type { ResolvedAttribute, ResolvedFilter, ResourceTypeName, ScimError } from '#scim-protocol';
import type { Keyset } from './keyset.js';

/** What GET returns of a resource, to be finished by `completeResource`. */
export interface StoredHead {
  readonly head: string;
  readonly revision: number;
  /** Whether it is a direct member of any group: most often not, and then `groupsOf` need not be asked. */
  readonly isMember: boolean;
}

export interface ListedResource extends StoredHead {
  readonly id: string;
}

export interface DirectoryQuery {
  readonly filter?: ResolvedFilter;
  /** Default: in order of creation, oldest first. Resources without a value come last, or first where descending. */
  readonly sort?: { readonly attribute: ResolvedAttribute; readonly descending: boolean };
  readonly page:
    /** RFC 7644 section 3.4.2.4; `startIndex` from 1. */
    | { readonly kind: 'index'; readonly startIndex: number; readonly count: number }
    /** RFC 9865; costs the same however far into the list it is. */
    | { readonly kind: 'cursor'; readonly from?: Keyset; readonly count: number };
}

export interface ResourcePage {
  readonly totalResults: number;
  readonly resources: readonly ListedResource[];
  /** Where the neighbouring pages begin; only for a cursor, and only where there is such a page. */
  readonly next?: Keyset;
  readonly previous?: Keyset;
}

/** A member as GET shows it, but for its address. */
export interface ProjectedMember {
  readonly value: string;
  readonly type?: string;
  readonly display?: string;
}

/** A group and who is in it, of one state of the view. */
export interface GroupWithMembers extends StoredHead {
  /** JSON text of a list; undefined where there are none. */
  readonly members: string | undefined;
}

/** Members of a group as of one revision of its stream. */
export interface ProjectedMembers {
  /** Undefined where the group does not exist. */
  readonly revision: number | undefined;
  readonly members: readonly ProjectedMember[];
}

/** Answers from the live generation. Every method sees one state of the view; nothing it returns changes later. */
export interface DirectoryReader {
  find(tenant: TenantId, type: ResourceTypeName, id: string): Promise<StoredHead | undefined>;

  /** @returns `invalidFilter` or `invalidValue` for what the view cannot filter or sort by. */
  list(tenant: TenantId, type: ResourceTypeName, query: DirectoryQuery): Promise<Result<ResourcePage, ScimError>>;

  /**
   * The `groups` of a user as JSON text, direct memberships only; undefined where there are none.
   *
   * @param base the tenant's SCIM base URL, without a slash at its end.
   */
  groupsOf(tenant: TenantId, userId: string, base: string): Promise<string | undefined>;

  /**
   * A group with its `members`; undefined where there is none. Never holds other work up for long.
   *
   * @param shown what is answered of some of them, given and returned as JSON texts separated by commas.
   */
  groupWithMembers(
    tenant: TenantId,
    groupId: string,
    base: string,
    shown?: (members: string) => string,
  ): Promise<GroupWithMembers | undefined>;

  /** Those of the ids that are members: costs what the ids cost, however large the group is. */
  membersAmong(tenant: TenantId, groupId: string, ids: readonly string[]): Promise<ProjectedMembers>;

  /** Costs what the group costs. */
  allMembers(tenant: TenantId, groupId: string): Promise<ProjectedMembers>;

  /** Groups that have the user or group as a direct member. */
  groupsWithMember(tenant: TenantId, memberId: string): Promise<readonly string[]>;

  /** Those of the ids that are users' or groups'. */
  provisionedAmong(tenant: TenantId, ids: readonly string[]): Promise<ReadonlySet<string>>;

  /** Who was in the group at an instant (milliseconds since the Unix epoch): since `from` inclusive, until exclusive. */
  membersAt(tenant: TenantId, groupId: string, instant: number): Promise<readonly string[]>;
}
