import type { TenantId } from '#kernel';
import type { SqlConnection } from '../sql/sql-connection.js';
import { sql } from '../sql/sql-text.js';

/** Open intervals are the memberships of today, ended ones have rows of their own. */
export async function membersAt(
  connection: SqlConnection,
  tenant: TenantId,
  groupId: string,
  instant: number,
): Promise<readonly string[]> {
  const rows = await connection.rows<{ readonly member_id: string }>(sql`
    SELECT m.member_id FROM membership AS m
    WHERE m.tenant_id = ${tenant} AND m.group_id = ${groupId} AND m.since_time <= ${instant}
    UNION
    SELECT i.member_id FROM membership_interval AS i
    WHERE i.tenant_id = ${tenant} AND i.group_id = ${groupId} AND i.from_time <= ${instant} AND i.to_time > ${instant}
    ORDER BY member_id`);
  return rows.map(({ member_id }) => member_id);
}
