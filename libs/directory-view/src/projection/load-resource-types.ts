import type { TenantId } from '#kernel';
import type { ResourceTypeName } from '#scim-protocol';
import type { SqlConnection } from '../sql/sql-connection.js';
import { sql } from '../sql/sql-text.js';

/** Which of the ids are users and which are groups; an id of neither is left out. */
export async function loadResourceTypes(
  connection: SqlConnection,
  tenant: TenantId,
  ids: Iterable<string>,
): Promise<ReadonlyMap<string, ResourceTypeName>> {
  const leading = { 'r.tenant_id': tenant, 'r.resource_type': ['User', 'Group'] };
  const isWanted = connection.dialect.keyAmong({ leading, last: 'r.id', values: ids });
  const rows = await connection.rows<{ readonly id: string; readonly resource_type: ResourceTypeName }>(sql`
    SELECT r.id, r.resource_type
    FROM resource AS r
    WHERE ${isWanted}
    ORDER BY r.resource_type`);
  // Ids are not shared between the types; should that ever happen, the user, who comes last, is meant.
  return new Map(rows.map(({ id, resource_type }) => [id, resource_type]));
}
