import { type JsonValue, type TenantId, canonicalJson } from '#kernel';
import type { SqlConnection, SqlReads } from '../sql/sql-connection.js';
import { literal, sql } from '../sql/sql-text.js';

/** The tables of a view in which tenants have rows, each with its columns in the order they are dumped and sorted in. */
export const dumpedTables = {
  resource: [
    'resource_type',
    'id',
    'seq',
    'revision',
    'created',
    'last_modified',
    'head',
    'search',
    'display_name',
    'user_name_key',
    'external_id_key',
    'display_name_key',
    'employee_number_key',
  ],
  user_email: ['value_key', 'user_id'],
  membership: ['group_id', 'member_id', 'member_type', 'display', 'since_position', 'since_time'],
  membership_interval: ['group_id', 'member_id', 'from_position', 'to_position', 'from_time', 'to_time'],
  resource_count: ['resource_type', 'total'],
} as const;

export type DumpedTable = keyof typeof dumpedTables;

/** Every value as text or null, so that dumps of any engine are equal. */
export type ViewDump = Readonly<Record<DumpedTable, readonly string[]>>;

/**
 * All rows of one tenant, one line a row, in an order of their own: equal views have equal dumps, byte for byte.
 */
export function viewSnapshot(reads: SqlReads, tenant: TenantId): Promise<ViewDump> {
  return reads.snapshot(async (connection) => {
    const entries: [string, readonly string[]][] = [];
    for (const table of Object.keys(dumpedTables) as DumpedTable[]) {
      entries.push([table, await dumpTable(connection, table, tenant)]);
    }
    return Object.fromEntries(entries) as ViewDump;
  });
}

/** @param row values in the order of the table's columns. */
export function dumpLine(row: readonly (string | null)[]): string {
  return JSON.stringify(row);
}

async function dumpTable(connection: SqlConnection, table: DumpedTable, tenant: TenantId): Promise<string[]> {
  const columns = dumpedTables[table];
  const selected = columns.map((column) => {
    if (column !== 'search') return `CAST(t.${column} AS TEXT) AS ${column}`;
    return `${connection.dialect.jsonText(literal(`t.${column}`)).text} AS ${column}`;
  });
  const from = literal(`SELECT ${selected.join(', ')} FROM ${table} AS t`);
  const rows = await connection.rows<Record<string, string | null>>(sql`${from} WHERE t.tenant_id = ${tenant}`);
  return rows.map((row) => dumpLine(columns.map((column) => inCanonicalForm(column, row[column] ?? null)))).sort();
}

/** An engine may keep the members of a JSON object in an order of its own. */
function inCanonicalForm(column: string, value: string | null): string | null {
  return column === 'search' && value !== null ? canonicalJson(JSON.parse(value) as JsonValue) : value;
}
