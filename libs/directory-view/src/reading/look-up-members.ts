import type { TenantId } from '#kernel';
import type { SqlConnection } from '../sql/sql-connection.js';
import { type SqlText, sql } from '../sql/sql-text.js';
import type { MemberIds, MemberLookup } from './directory-reader.js';

interface Row {
  readonly revision: number;
  readonly member_id: string | null;
}

/** Which of the ids are members, and as of which revision: one statement, so both are of one moment. */
export async function lookUpMembers(
  connection: SqlConnection,
  tenant: TenantId,
  groupId: string,
  ids: readonly string[],
): Promise<MemberLookup> {
  const list = connection.dialect.textList(sql`${JSON.stringify(ids)}`);
  const rows = await connection.rows<Row>(groupWithMembers(tenant, groupId, sql` AND m.member_id IN ${list}`));
  return { revision: rows[0]?.revision, present: new Set(memberIds(rows)) };
}

/** Every member of a group. Costs what the group costs. */
export async function readAllMembers(connection: SqlConnection, tenant: TenantId, groupId: string): Promise<MemberIds> {
  const rows = await connection.rows<Row>(groupWithMembers(tenant, groupId, sql``));
  return { revision: rows[0]?.revision, ids: memberIds(rows) };
}

/** One row a member, or one without a member where there is none; no row where there is no group. */
function groupWithMembers(tenant: TenantId, groupId: string, narrowing: SqlText): SqlText {
  return sql`
    SELECT r.revision, m.member_id
    FROM resource AS r
    LEFT JOIN membership AS m ON m.tenant_id = r.tenant_id AND m.group_id = r.id${narrowing}
    WHERE r.tenant_id = ${tenant} AND r.resource_type = 'Group' AND r.id = ${groupId}`;
}

function memberIds(rows: readonly Row[]): string[] {
  return rows.flatMap(({ member_id }) => (member_id === null ? [] : [member_id]));
}
