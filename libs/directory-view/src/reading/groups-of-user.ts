import type { TenantId } from '#kernel';
import type { SqlConnection } from '../sql/sql-connection.js';

const text = `
  SELECT m.group_id, g.display_name
  FROM membership AS m
  JOIN resource AS g ON g.tenant_id = m.tenant_id AND g.resource_type = 'Group' AND g.id = m.group_id
  WHERE m.tenant_id = ? AND m.member_id = ?
  ORDER BY m.group_id`;

export async function groupsOfUser(
  connection: SqlConnection,
  tenant: TenantId,
  userId: string,
  base: string,
): Promise<string | undefined> {
  const rows = await connection.rows<{ readonly group_id: string; readonly display_name: string | null }>({
    text,
    params: [tenant, userId],
  });
  if (rows.length === 0) return undefined;
  const groups = rows.map(({ group_id: value, display_name }) => {
    const $ref = `${base}/Groups/${encodeURIComponent(value)}`;
    return { value, $ref, display: display_name ?? undefined, type: 'direct' };
  });
  return JSON.stringify(groups);
}
