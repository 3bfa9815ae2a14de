import type { TenantId } from '#kernel';
import type { SqlConnection } from '../sql/sql-connection.js';
import { sql } from '../sql/sql-text.js';

/** One look-up by primary key for every id and type. */
export async function provisionedAmong(
  connection: SqlConnection,
  tenant: TenantId,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const leading = { 'r.tenant_id': tenant, 'r.resource_type': ['User', 'Group'] };
  const isWanted = connection.dialect.keyAmong({ leading, last: 'r.id', values: ids });
  const rows = await connection.rows<{ readonly id: string }>(sql`
    SELECT r.id FROM resource AS r
    WHERE ${isWanted}`);
  return new Set(rows.map(({ id }) => id));
}
