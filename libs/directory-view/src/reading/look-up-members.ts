import type { TenantId } from '#kernel';
import type { SqlConnection } from '../sql/sql-connection.js';
import { type SqlText, sql } from '../sql/sql-text.js';
import type { ProjectedMembers } from './directory-reader.js';
import { memberOf, type MemberRow } from './member-row.js';

/** One a member, or one without a member where there is none. */
type Row = { readonly revision: number } & (MemberRow | { readonly member_id: null });

/** Which of the ids are members, and as of which revision: one statement, so both are of one moment. */
export function readMembersAmong(
  connection: SqlConnection,
  tenant: TenantId,
  groupId: string,
  ids: readonly string[],
): Promise<ProjectedMembers> {
  const leading = { 'm.tenant_id': tenant, 'm.group_id': groupId };
  const wanted = connection.dialect.keyAmong({ leading, last: 'm.member_id', values: ids });
  return readMembers(connection, tenant, groupId, wanted);
}

/** Every member of a group. */
export function readAllMembers(
  connection: SqlConnection,
  tenant: TenantId,
  groupId: string,
): Promise<ProjectedMembers> {
  return readMembers(connection, tenant, groupId, sql`m.tenant_id = r.tenant_id AND m.group_id = r.id`);
}

async function readMembers(
  connection: SqlConnection,
  tenant: TenantId,
  groupId: string,
  wanted: SqlText,
): Promise<ProjectedMembers> {
  // No row where there is no group.
  const rows = await connection.rows<Row>(sql`
    SELECT r.revision, m.member_id, m.member_type, m.display
    FROM resource AS r
    LEFT JOIN membership AS m ON ${wanted}
    WHERE r.tenant_id = ${tenant} AND r.resource_type = 'Group' AND r.id = ${groupId}`);
  const members = rows.flatMap((row) => (row.member_id === null ? [] : memberOf(row)));
  return { revision: rows[0]?.revision, members };
}
