import type { TenantId } from '#kernel';
import type { ResourceTypeName } from '#scim-protocol';
import type { SqlConnection } from '../sql/sql-connection.js';
import { sql } from '../sql/sql-text.js';
import { type Resource, documentOfHead } from '../tables/resource-row.js';

interface Row {
  readonly id: string;
  readonly seq: string;
  readonly revision: number;
  readonly head: string;
  readonly created: string;
  readonly last_modified: string;
}

/** Those of the resources that exist. */
export async function loadResources(
  connection: SqlConnection,
  tenant: TenantId,
  type: ResourceTypeName,
  ids: Iterable<string>,
): Promise<readonly Resource[]> {
  const leading = { 'r.tenant_id': tenant, 'r.resource_type': type };
  const isWanted = connection.dialect.keyAmong({ leading, last: 'r.id', values: ids });
  const rows = await connection.rows<Row>(sql`
    SELECT r.id, CAST(r.seq AS TEXT) AS seq, r.revision, r.head, r.created, r.last_modified
    FROM resource AS r
    WHERE ${isWanted}`);
  return rows.map((row) => ({
    tenant,
    type,
    id: row.id,
    seq: BigInt(row.seq),
    revision: row.revision,
    document: documentOfHead(row.head),
    created: Date.parse(row.created),
    lastModified: Date.parse(row.last_modified),
  }));
}
