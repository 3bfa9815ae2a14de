import type { TenantId } from '#kernel';
import type { Position } from '#event-store';
import type { ResourceTypeName } from '#scim-protocol';

/** Injection token. */
export const READ_YOUR_WRITES = Symbol('READ_YOUR_WRITES');

/** What an answer is made of, and so which writes can make a difference to it. */
export type ReadScope =
  /** Resources of a type, whichever they are. */
  | {
      readonly of: 'list';
      readonly tenant: TenantId;
      readonly type: ResourceTypeName;
      /** Whether memberships are shown, or decide what is listed or in which order. */
      readonly withMemberships: boolean;
    }
  /** Which resource bears a name (`userName` of users, `displayName` of groups), not what it looks like. */
  | {
      readonly of: 'bearer';
      readonly tenant: TenantId;
      readonly type: ResourceTypeName;
      readonly name: string;
      /** Whether the bearer is then shown with its memberships. */
      readonly withMemberships: boolean;
    }
  | {
      readonly of: 'resource';
      readonly tenant: TenantId;
      readonly type: ResourceTypeName;
      readonly id: string;
      /** Whether a user is shown with its groups, or a group with its members. */
      readonly withMemberships: boolean;
    };

/**
 * Makes a GET see every write that was answered before it began. Either side may do the waiting: in one process the read
 * waits for the writes the process knows of; across processes only a wait on the write needs no coordination.
 */
export interface ReadYourWrites {
  /**
   * Before a write at `position` is answered; undefined: nothing had to be written, or could be, because of what is in the
   * log already. Never fails: what is answered is in the log, the view may only be late.
   */
  written(position: Position | undefined): Promise<void>;
  /** Before a deletion at `position` is answered: later GETs show no membership of it, or know that they may (`showsDeleted`). */
  deprovisioned(tenant: TenantId, position: Position): Promise<void>;
  /** Whether the view has, of this much, all that was answered. Costs no wait; true stays true for the same read. */
  isCurrent(scope: ReadScope): boolean;
  /** Before a read of this much. False where the view is late beyond patience: what it has may be stale, and lists have gaps. */
  readable(scope: ReadScope): Promise<boolean>;
  /** Whether even the log may still have somebody as a member who was answered to be deleted. Costs no wait. */
  showsDeleted(scope: ReadScope): boolean;
}
