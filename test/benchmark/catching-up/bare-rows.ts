import type pg from 'pg';

/** Rows in one transaction, as many as the projector's events. */
const rowsPerBatch = 512;
/** The first generation of a view, and where its rows are inserted again. */
const [source, copies] = ['scim_view_g1', 'bare'];

export interface RowBatch {
  readonly statement: string;
  /** JSON text. */
  readonly rows: string;
}

/** All rows of the view as statements that insert them, in the order of their tables. */
export async function batchesOf(client: pg.Client): Promise<readonly RowBatch[]> {
  const batches: RowBatch[] = [];
  for (const table of await tablesOf(client)) {
    const statement = `INSERT INTO ${copies}.${table} SELECT * FROM json_populate_recordset(NULL::${source}.${table}, $1)`;
    const { rows } = await client.query<{ row: string }>(
      `SELECT row_to_json(t)::text AS row FROM ${source}.${table} AS t`,
    );
    for (let first = 0; first < rows.length; first += rowsPerBatch) {
      const texts = rows.slice(first, first + rowsPerBatch).map(({ row }) => row);
      batches.push({ statement, rows: `[${texts.join()}]` });
    }
  }
  if (batches.length === 0) throw new Error(`There are no rows in ${source}`);
  return batches;
}

/** Tables like the view's, indexes included, in place of those that were filled before. */
export async function emptyCopies(client: pg.Client): Promise<void> {
  await client.query(
    `SET client_min_messages = 'warning'; DROP SCHEMA IF EXISTS ${copies} CASCADE; CREATE SCHEMA ${copies}`,
  );
  for (const table of await tablesOf(client)) {
    await client.query(`CREATE TABLE ${copies}.${table} (LIKE ${source}.${table} INCLUDING ALL)`);
  }
}

async function tablesOf(client: pg.Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ tablename: string }>(
    `SELECT tablename FROM pg_tables WHERE schemaname = $1 ORDER BY tablename`,
    [source],
  );
  return rows.map(({ tablename }) => tablename);
}
