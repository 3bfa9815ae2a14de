import type { TenantId } from '#kernel';
import type { SqlTransaction } from '../sql/sql-connection.js';

/** When, in the log and on the clock, something began or ended. */
export interface Instant {
  readonly position: bigint;
  /** Milliseconds since the Unix epoch. */
  readonly time: number;
}

export interface Member {
  readonly id: string;
  readonly type: string | undefined;
  readonly display: string | undefined;
}

// Who is a member already stays one since then; only what is told about the member is replaced.
export const insertMember = `
  INSERT INTO membership (tenant_id, group_id, member_id, member_type, display, since_position, since_time)
  VALUES (?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (tenant_id, group_id, member_id)
  DO UPDATE SET member_type = excluded.member_type, display = excluded.display`;

export const intervalColumns = 'tenant_id, group_id, member_id, from_position, to_position, from_time, to_time';
const endedInterval =
  'tenant_id, group_id, member_id, since_position, CAST(? AS BIGINT), since_time, CAST(? AS BIGINT)';

export const endMember = `
  INSERT INTO membership_interval (${intervalColumns})
  SELECT ${endedInterval} FROM membership WHERE tenant_id = ? AND group_id = ? AND member_id = ?`;
export const deleteMember = `
  DELETE FROM membership WHERE tenant_id = ? AND group_id = ? AND member_id = ?`;

export const endAllMembers = `
  INSERT INTO membership_interval (${intervalColumns})
  SELECT ${endedInterval} FROM membership WHERE tenant_id = ? AND group_id = ?`;
export const deleteAllMembers = `
  DELETE FROM membership WHERE tenant_id = ? AND group_id = ?`;

export function addMember(
  transaction: SqlTransaction,
  tenant: TenantId,
  groupId: string,
  member: Member,
  since: Instant,
): void {
  const { id, type = null, display = null } = member;
  transaction.run(insertMember, [tenant, groupId, id, type, display, since.position, since.time]);
}

/** Changes nothing where `memberId` is no member. */
export function endMembership(
  transaction: SqlTransaction,
  tenant: TenantId,
  groupId: string,
  memberId: string,
  end: Instant,
): void {
  transaction.run(endMember, [end.position, end.time, tenant, groupId, memberId]);
  transaction.run(deleteMember, [tenant, groupId, memberId]);
}

export function endAllMemberships(transaction: SqlTransaction, tenant: TenantId, groupId: string, end: Instant): void {
  transaction.run(endAllMembers, [end.position, end.time, tenant, groupId]);
  transaction.run(deleteAllMembers, [tenant, groupId]);
}
