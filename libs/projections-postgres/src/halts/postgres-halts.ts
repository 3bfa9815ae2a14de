import { type Halt, haltOfJson, type HaltRecord, haltToJson } from '#projections';
import { rowsOfTable } from '../connection/rows-of-table.js';
import { projectionsSchema, ShortStatements } from '../connection/short-statements.js';

const table = {
  name: `${projectionsSchema}.halt`,
  columns: `
    projection TEXT PRIMARY KEY,
    halt TEXT NOT NULL`,
};

const note = `
  INSERT INTO ${table.name} (projection, halt) VALUES ($1, $2)
  ON CONFLICT (projection) DO UPDATE SET halt = excluded.halt`;
const lift = `DELETE FROM ${table.name} WHERE projection = $1`;
const select = `SELECT h.halt FROM ${table.name} AS h ORDER BY h.projection COLLATE "C"`;

interface HaltRow {
  readonly halt: string;
}

/** A row for every projection that has stopped. Connects, and makes its table, when it is first asked. */
export class PostgresHalts implements HaltRecord {
  readonly #statements: ShortStatements;

  /** @throws DatabaseAddressError */
  constructor(url: string) {
    this.#statements = new ShortStatements(url, 'halts', table);
  }

  async note(halt: Halt): Promise<void> {
    await this.#statements.rows(note, [halt.projection, haltToJson(halt)]);
  }

  async lift(projection: string): Promise<void> {
    await this.#statements.rows(lift, [projection]);
  }

  async list(): Promise<readonly Halt[]> {
    return haltsOf(await this.#statements.rows<HaltRow>(select, []));
  }

  close(): Promise<void> {
    return this.#statements.end();
  }
}

/**
 * For those who run no projections; writes nothing.
 *
 * @throws DatabaseAddressError
 */
export async function readPostgresHalts(url: string): Promise<readonly Halt[]> {
  return haltsOf((await rowsOfTable<HaltRow>({ url, table: table.name, text: select })) ?? []);
}

function haltsOf(rows: readonly HaltRow[]): readonly Halt[] {
  return rows.map(({ halt }) => haltOfJson(halt));
}
