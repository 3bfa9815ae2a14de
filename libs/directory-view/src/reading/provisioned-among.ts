import type { TenantId } from '#kernel';
import type { SqlConnection } from '../sql/sql-connection.js';
import { sql } from '../sql/sql-text.js';

/** One look-up by primary key for every id and type. */
export async function provisionedAmong(
  connection: SqlConnection,
  tenant: TenantId,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const isWanted = connection.dialect.keyAmong({ leading: { 'r.tenant_id': tenant }, last: 'r.id', values: ids });
  const rows = await connection.rows<{ readonly id: string }>(sql`
    SELECT r.id FROM resource AS r
    WHERE r.resource_type IN ('User', 'Group') AND ${isWanted}`);
  return new Set(rows.map(({ id }) => id));
}
