import type { Generation, GenerationState } from '#projections';
import type { SqlConnection } from '../sql/sql-connection.js';
import { type SqlText, sql } from '../sql/sql-text.js';
import { viewTables } from '../tables/view-tables.js';
import { postgresDialect } from './postgres-dialect.js';
import type { ViewSchema } from './view-schema.js';

interface Row {
  readonly number: number;
  readonly state: GenerationState;
  readonly code_version: string;
  readonly log_identity: string;
}

/** The catalogue's table: a row for every generation there ever was. All statements of it that there are. */
export class GenerationTable {
  readonly #schema: ViewSchema;
  readonly #table: SqlText;

  constructor(schema: ViewSchema) {
    this.#schema = schema;
    this.#table = { text: `${schema.catalogue}.generation`, params: [] };
  }

  async create(connection: SqlConnection): Promise<void> {
    const { catalogue } = this.#schema;
    for (const text of [
      `CREATE SCHEMA IF NOT EXISTS ${catalogue}`,
      `CREATE TABLE IF NOT EXISTS ${this.#table.text} (
        number INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        state TEXT NOT NULL CHECK (state IN ('building', 'live', 'retired', 'dropped')),
        code_version TEXT NOT NULL,
        log_identity TEXT NOT NULL,
        begun_at TIMESTAMPTZ NOT NULL DEFAULT now()
      )`,
      `CREATE UNIQUE INDEX IF NOT EXISTS one_live_generation ON ${this.#table.text} (state) WHERE state = 'live'`,
    ]) {
      await connection.rows({ text, params: [] });
    }
  }

  async list(connection: SqlConnection): Promise<readonly Generation[]> {
    const rows = await connection.rows<Row>(sql`
      SELECT g.number, g.state, g.code_version, g.log_identity FROM ${this.#table} AS g ORDER BY g.number`);
    return rows.map(toGeneration);
  }

  /** @returns undefined where the number was never given. */
  async find(connection: SqlConnection, number: number): Promise<Generation | undefined> {
    return (await this.list(connection)).find((generation) => generation.number === number);
  }

  async begin(connection: SqlConnection, codeVersion: string, logIdentity: string): Promise<Generation> {
    const [row] = await connection.rows<Row>(sql`
      INSERT INTO ${this.#table} (state, code_version, log_identity) VALUES ('building', ${codeVersion}, ${logIdentity})
      RETURNING number, state, code_version, log_identity`);
    const generation = toGeneration(row as Row);
    const schema = this.#schema.generation(generation.number);
    // What an operator granted on the catalogue's schema by default privileges holds for these tables too.
    for (const text of [
      `CREATE SCHEMA ${schema}`,
      `SET LOCAL search_path = ${schema}`,
      ...viewTables(postgresDialect),
    ]) {
      await connection.rows({ text, params: [] });
    }
    return generation;
  }

  async makeLive(connection: SqlConnection, number: number): Promise<void> {
    await connection.rows(sql`UPDATE ${this.#table} SET state = 'retired' WHERE state = 'live'`);
    await this.#enter(connection, number, 'live');
    // Of no generation: who hears it looks which one is live.
    await connection.rows(sql`SELECT pg_notify(${this.#schema.channel}, '')`);
  }

  async drop(connection: SqlConnection, number: number): Promise<void> {
    await this.#enter(connection, number, 'dropped');
    const text = `DROP SCHEMA IF EXISTS ${this.#schema.generation(number)} CASCADE`;
    await connection.rows({ text, params: [] });
  }

  async #enter(connection: SqlConnection, number: number, state: GenerationState): Promise<void> {
    await connection.rows(sql`UPDATE ${this.#table} SET state = ${state} WHERE number = ${number}`);
  }
}

function toGeneration({ number, state, code_version: codeVersion, log_identity: logIdentity }: Row): Generation {
  return { number, state, codeVersion, logIdentity };
}
