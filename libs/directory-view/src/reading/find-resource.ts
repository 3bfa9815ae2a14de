import type { TenantId } from '#kernel';
import type { ResourceTypeName } from '#scim-protocol';
import type { SqlConnection } from '../sql/sql-connection.js';
import type { StoredHead } from './directory-reader.js';
import { type HeadRow, headColumns, storedHead } from './head-row.js';

const text = `
  SELECT ${headColumns.text} FROM resource AS r
  WHERE r.tenant_id = ? AND r.resource_type = ? AND r.id = ?`;

export async function findResource(
  connection: SqlConnection,
  tenant: TenantId,
  type: ResourceTypeName,
  id: string,
): Promise<StoredHead | undefined> {
  const [found] = await connection.rows<HeadRow>({ text, params: [tenant, type, id] });
  return found && storedHead(found);
}
