import { join } from 'node:path';
import type { Generation } from '#projections';
import { literal } from '../sql/sql-text.js';
import { generationOf, type GenerationRow } from '../tables/generation-row.js';
import { SqliteConnection } from './sqlite-connection.js';

/** In place of the code version of a generation whose file is damaged: no code is of it. */
export const damagedVersion = 'damaged';

const create = `
  CREATE TABLE IF NOT EXISTS generation (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    state TEXT NOT NULL CHECK (state IN ('building', 'live', 'retired', 'dropped')),
    code_version TEXT NOT NULL,
    log_identity TEXT NOT NULL
  );
  CREATE UNIQUE INDEX IF NOT EXISTS one_live_generation ON generation (state) WHERE state = 'live'`;
const insert = `
  INSERT INTO generation (state, code_version, log_identity) VALUES ('building', ?, ?)
  RETURNING number, state, code_version, log_identity`;
const select = `
  SELECT number, state, code_version, log_identity FROM generation ORDER BY number`;
const request = `
  INSERT INTO generation (state, code_version, log_identity)
  SELECT 'building', g.code_version, g.log_identity FROM generation AS g
  WHERE g.state = 'live' AND NOT EXISTS (SELECT 1 FROM generation AS b WHERE b.state = 'building')
  RETURNING number, state, code_version, log_identity`;
const retireLive = `
  UPDATE generation SET state = 'retired' WHERE state = 'live'`;
const putBack = `
  UPDATE generation AS g SET state = 'building'
  WHERE g.number = ? AND g.state = 'retired'
    AND EXISTS (
      SELECT 1 FROM generation AS l
      WHERE l.state = 'live' AND l.code_version = g.code_version AND l.log_identity = g.log_identity)
    AND NOT EXISTS (SELECT 1 FROM generation AS b WHERE b.state = 'building')`;
const enterLive = `
  UPDATE generation SET state = 'live' WHERE number = ? AND state = 'building'`;
const drop = `
  UPDATE generation SET state = 'dropped' WHERE number = ?`;
const dropUnlessLive = `${drop} AND state <> 'live'`;
const setOrigin = `
  UPDATE generation SET code_version = ?, log_identity = ? WHERE number = ?`;
const distrust = `
  UPDATE generation SET code_version = '${damagedVersion}' WHERE number = ?`;

/** The catalogue's table in a small file of its own: a row for every generation there ever was. */
export class SqliteGenerationTable {
  readonly #connection: SqliteConnection;

  /** @throws SqlStoreError where the file is damaged. */
  constructor(directory: string) {
    this.#connection = new SqliteConnection(catalogueFile(directory));
    this.#connection.execute(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; ${create}`);
  }

  list(): Promise<readonly Generation[]> {
    return listGenerations(this.#connection);
  }

  /** @returns undefined where the number was never given. */
  async find(number: number): Promise<Generation | undefined> {
    return (await this.list()).find((generation) => generation.number === number);
  }

  async begin(codeVersion: string, logIdentity: string): Promise<Generation> {
    const [row] = await this.#connection.rows<GenerationRow>({ text: insert, params: [codeVersion, logIdentity] });
    return generationOf(row as GenerationRow);
  }

  /** Like the live one, beside it; undefined where none is live, or one is in building already. */
  async request(): Promise<Generation | undefined> {
    const [row] = await this.#connection.rows<GenerationRow>(literal(request));
    return row && generationOf(row);
  }

  /** @returns false where it is not retired or not like the live one, or one is in building already. */
  putBack(number: number): boolean {
    return this.#connection.change(putBack, [number]) > 0;
  }

  /** @returns false where it is not in building any more; nothing is changed then. */
  makeLive(number: number): boolean {
    this.#connection.execute('BEGIN IMMEDIATE');
    try {
      this.#connection.run(retireLive, []);
      const isLive = this.#connection.change(enterLive, [number]) > 0;
      this.#connection.execute(isLive ? 'COMMIT' : 'ROLLBACK');
      return isLive;
    } catch (error) {
      this.#connection.rollBack();
      throw error;
    }
  }

  drop(number: number): void {
    this.#connection.run(drop, [number]);
  }

  /** @returns false where it is live, or was never given. */
  dropUnlessLive(number: number): boolean {
    return this.#connection.change(dropUnlessLive, [number]) > 0;
  }

  /** Which code shapes its rows, from which log. */
  setOrigin(number: number, codeVersion: string, logIdentity: string): void {
    this.#connection.run(setOrigin, [codeVersion, logIdentity, number]);
  }

  /** Has the next start throw it away. */
  distrust(number: number): void {
    this.#connection.run(distrust, [number]);
  }

  close(): void {
    this.#connection.close();
  }
}

/** Oldest first. @param catalogue a connection to the catalogue's file. */
export async function listGenerations(catalogue: SqliteConnection): Promise<readonly Generation[]> {
  return (await catalogue.rows<GenerationRow>(literal(select))).map(generationOf);
}

export function catalogueFile(directory: string): string {
  return join(directory, 'view-generations.sqlite');
}

export function generationFile(directory: string, number: number): string {
  return join(directory, `view-${number}.sqlite`);
}
