import type { TenantId } from '#kernel';
import type { SqlConnection } from '../sql/sql-connection.js';

const text = `
  SELECT m.group_id FROM membership AS m
  WHERE m.tenant_id = ? AND m.member_id = ?
  ORDER BY m.group_id`;

export async function groupsWithMember(
  connection: SqlConnection,
  tenant: TenantId,
  memberId: string,
): Promise<readonly string[]> {
  const rows = await connection.rows<{ readonly group_id: string }>({ text, params: [tenant, memberId] });
  return rows.map(({ group_id }) => group_id);
}
