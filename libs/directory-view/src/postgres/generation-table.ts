import type { Position } from '#event-store';
import type { BuiltUpTo, Generation, GenerationState } from '#projections';
import type { SqlConnection } from '../sql/sql-connection.js';
import { literal, type SqlText, sql } from '../sql/sql-text.js';
import { readProgress } from '../tables/checkpoint.js';
import { generationOf, type GenerationRow } from '../tables/generation-row.js';
import { viewTables } from '../tables/view-tables.js';
import { postgresDialect } from './postgres-dialect.js';
import type { ViewSchema } from './view-schema.js';

/** The catalogue's table: a row for every generation there ever was. All statements of it and of checkpoints that there are. */
export class GenerationTable {
  readonly #schema: ViewSchema;
  readonly #table: SqlText;

  constructor(schema: ViewSchema) {
    this.#schema = schema;
    this.#table = literal(`${schema.catalogue}.generation`);
  }

  /** Has whoever else changes the catalogue wait until the transaction ends. */
  async lock(connection: SqlConnection): Promise<void> {
    await connection.rows(sql`SELECT pg_advisory_xact_lock(hashtext(${this.#schema.catalogue}))`);
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
      `DROP INDEX IF EXISTS ${catalogue}.one_live_generation`,
      `CREATE UNIQUE INDEX IF NOT EXISTS one_live_generation_of_a_version ON ${this.#table.text} (code_version)
       WHERE state = 'live'`,
    ]) {
      await connection.rows(literal(text));
    }
  }

  async exists(connection: SqlConnection): Promise<boolean> {
    return this.#isThere(connection, this.#table.text);
  }

  async list(connection: SqlConnection): Promise<readonly Generation[]> {
    const rows = await connection.rows<GenerationRow>(sql`
      SELECT g.number, g.state, g.code_version, g.log_identity FROM ${this.#table} AS g ORDER BY g.number`);
    return rows.map(generationOf);
  }

  /** @returns undefined where the number was never given. */
  async find(connection: SqlConnection, number: number): Promise<Generation | undefined> {
    return (await this.list(connection)).find((generation) => generation.number === number);
  }

  async begin(connection: SqlConnection, codeVersion: string, logIdentity: string): Promise<number> {
    const [row] = await connection.rows<GenerationRow>(sql`
      INSERT INTO ${this.#table} (state, code_version, log_identity) VALUES ('building', ${codeVersion}, ${logIdentity})
      RETURNING number`);
    return (row as GenerationRow).number;
  }

  /** Makes the empty rows of a generation that somebody is about to fill. */
  async makeRows(connection: SqlConnection, number: number): Promise<void> {
    const schema = this.#schema.generation(number);
    // What an operator granted on the catalogue's schema by default privileges holds for these tables too.
    for (const text of [
      `CREATE SCHEMA ${schema}`,
      `SET LOCAL search_path = ${schema}`,
      ...viewTables(postgresDialect),
    ]) {
      await connection.rows(literal(text));
    }
  }

  async hasRows(connection: SqlConnection, number: number): Promise<boolean> {
    return this.#isThere(connection, `${this.#schema.generation(number)}.checkpoint`);
  }

  /** @param held whether it is not to move until the transaction ends. */
  async checkpointOf(connection: SqlConnection, number: number, held?: 'held'): Promise<Position> {
    const table = literal(`${this.#schema.generation(number)}.checkpoint`);
    const [row] = await connection.rows<{ readonly position: string }>(sql`
      SELECT CAST(c.position AS TEXT) AS position FROM ${table} AS c${held ? sql` FOR UPDATE` : sql``}`);
    if (!row) throw new Error(`Generation ${number} has no checkpoint.`);
    return BigInt(row.position) as Position;
  }

  /** Of a generation of this code version. */
  progressOf(connection: SqlConnection, number: number): Promise<BuiltUpTo> {
    return readProgress(connection, literal(`${this.#schema.generation(number)}.checkpoint`));
  }

  /** @param checkpoint of the generation at this moment, when no live one can move. */
  async makeLive(
    connection: SqlConnection,
    { number, codeVersion }: Pick<Generation, 'number' | 'codeVersion'>,
    checkpoint: Position,
  ): Promise<void> {
    await connection.rows(sql`
      UPDATE ${this.#table} SET state = 'retired' WHERE state = 'live' AND code_version = ${codeVersion}`);
    await this.#enter(connection, number, 'live', this.#schema.liveAnnouncement(number, checkpoint));
  }

  async putBack(connection: SqlConnection, number: number): Promise<void> {
    await this.#enter(connection, number, 'building');
  }

  /** Has nobody look at its rows from then on. */
  async giveUp(connection: SqlConnection, number: number): Promise<void> {
    await this.#enter(connection, number, 'dropped');
  }

  /** Waits for whoever still reads or writes them, and has others wait who come after it. */
  async dropRows(connection: SqlConnection, number: number): Promise<void> {
    await connection.rows(sql`DROP SCHEMA IF EXISTS ${literal(this.#schema.generation(number))} CASCADE`);
  }

  /** Whoever hears it looks at the catalogue. */
  async #enter(connection: SqlConnection, number: number, state: GenerationState, announcement = ''): Promise<void> {
    await connection.rows(sql`UPDATE ${this.#table} SET state = ${state} WHERE number = ${number}`);
    await connection.rows(sql`SELECT pg_notify(${this.#schema.channel}, ${announcement})`);
  }

  async #isThere(connection: SqlConnection, table: string): Promise<boolean> {
    const [found] = await connection.rows<{ readonly exists: boolean }>(sql`
      SELECT to_regclass(${table}) IS NOT NULL AS exists`);
    return found?.exists === true;
  }
}
