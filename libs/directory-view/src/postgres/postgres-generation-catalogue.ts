import type pg from 'pg';
import type { Position } from '#event-store';
import {
  type FlipResult,
  type Generation,
  type GenerationCatalogue,
  type ProjectionTarget,
  reasonToStartOver,
  type SourceLog,
} from '#projections';
import { openPool } from '#projections-postgres';
import { type SqlReads, SqlStoreError } from '../sql/sql-connection.js';
import { sql } from '../sql/sql-text.js';
import { GenerationTable } from './generation-table.js';
import { type GenerationDatabase, PostgresGeneration } from './postgres-generation.js';
import { PostgresTransaction } from './postgres-transaction.js';

export interface PostgresGenerationCatalogueOptions extends GenerationDatabase {
  readonly log: SourceLog;
  readonly codeVersion: string;
  /** Told why the live generation is not used. */
  readonly discarded: (reason: string) => void;
}

/** How long changes of the catalogue wait for readers and writers of a generation, milliseconds. */
const lockTimeoutMs = 10_000;

/** A schema of its own beside one schema for every generation. To be used by one projector at a time (`Lease`). */
export class PostgresGenerationCatalogue implements GenerationCatalogue {
  readonly #options: PostgresGenerationCatalogueOptions;
  readonly #pool: pg.Pool;
  readonly #table: GenerationTable;
  readonly #open = new Map<number, PostgresGeneration>();
  #live: PostgresGeneration | undefined;

  constructor(options: PostgresGenerationCatalogueOptions) {
    this.#options = options;
    this.#table = new GenerationTable(options.schema);
    this.#pool = openPool({
      url: options.url,
      applicationName: `scim-ledger ${options.schema.catalogue} catalogue`,
      mostConnections: 2,
      settings: { lock_timeout: lockTimeoutMs, client_min_messages: 'warning' },
    });
  }

  /** Where reads go to. Changes when another generation is made live. */
  get liveReads(): SqlReads {
    if (!this.#live) throw new SqlStoreError('away', 'No generation is live.');
    return this.#live.reads;
  }

  list(): Promise<readonly Generation[]> {
    return this.#transaction((transaction) => this.#table.list(transaction));
  }

  async live(): Promise<Generation | undefined> {
    return (await this.list()).find(({ state }) => state === 'live');
  }

  begin(): Promise<Generation> {
    const { codeVersion, log } = this.#options;
    return this.#transaction((transaction) => this.#table.begin(transaction, codeVersion, log.identity));
  }

  async target(number: number): Promise<ProjectionTarget> {
    return this.#opened(number).target;
  }

  async makeLive(number: number): Promise<FlipResult> {
    const flip = await this.#transaction(async (transaction): Promise<FlipResult> => {
      const generation = await this.#table.find(transaction, number);
      if (generation?.state !== 'building') return { outcome: 'not-building', state: generation?.state ?? 'dropped' };
      const live = (await this.#table.list(transaction)).find(({ state }) => state === 'live');
      if (live) {
        const checkpoint = await this.#checkpointOf(transaction, live.number, 'held');
        const built = await this.#checkpointOf(transaction, number);
        if (built < checkpoint) return { outcome: 'behind', checkpoint };
      }
      await this.#table.makeLive(transaction, number);
      return { outcome: 'live' };
    });
    if (flip.outcome === 'live') this.#live = this.#opened(number);
    return flip;
  }

  async drop(number: number): Promise<void> {
    await this.#transaction(async (transaction) => {
      const generation = await this.#table.find(transaction, number);
      if (generation?.state === 'live') throw new Error(`Generation ${number} is live and cannot be dropped.`);
      await this.#table.drop(transaction, number);
    });
    await this.#forget(number);
  }

  /**
   * Opens the live generation, or begins one where there is none that this code can read and this log can continue. A
   * build that was under way when its process ended has nobody to finish it and is dropped.
   */
  async start(): Promise<void> {
    const reasons: string[] = [];
    const live = await this.#transaction(async (transaction) => {
      // Two that start at once do so one after the other.
      await transaction.rows(sql`SELECT pg_advisory_xact_lock(hashtext(${this.#options.schema.catalogue}))`);
      await this.#table.create(transaction);
      let usable: Generation | undefined;
      for (const generation of await this.#table.list(transaction)) {
        if (generation.state === 'building') await this.#table.drop(transaction, generation.number);
        if (generation.state !== 'live') continue;
        const reason = await this.#reasonNotToUse(transaction, generation);
        if (reason === undefined) {
          usable = generation;
        } else {
          reasons.push(reason);
          await this.#table.drop(transaction, generation.number);
        }
      }
      if (usable) return usable;
      const { codeVersion, log } = this.#options;
      const begun = await this.#table.begin(transaction, codeVersion, log.identity);
      await this.#table.makeLive(transaction, begun.number);
      return begun;
    });
    this.#live = this.#opened(live.number);
    for (const reason of reasons) this.#options.discarded(reason);
  }

  /**
   * Whether what is opened as live is live, and has its tables.
   *
   * @throws SqlStoreError where the database cannot be asked.
   */
  async isIntact(): Promise<boolean> {
    return this.#transaction(async (transaction) => {
      const live = (await this.#table.list(transaction)).find(({ state }) => state === 'live');
      return live !== undefined && live.number === this.#live?.number && this.#hasTables(transaction, live.number);
    });
  }

  async close(): Promise<void> {
    await Promise.all([this.#pool.end(), ...[...this.#open.values()].map((generation) => generation.close())]);
  }

  #transaction<T>(work: (transaction: PostgresTransaction) => Promise<T>): Promise<T> {
    return PostgresTransaction.within(this.#pool, work);
  }

  async #reasonNotToUse(
    transaction: PostgresTransaction,
    { number, codeVersion, logIdentity }: Generation,
  ): Promise<string | undefined> {
    const { log, codeVersion: ownVersion } = this.#options;
    if (codeVersion !== ownVersion) return `it is ${codeVersion}, and this release needs ${ownVersion}`;
    if (!(await this.#hasTables(transaction, number))) return 'its tables are gone';
    const checkpoint = await this.#checkpointOf(transaction, number);
    return reasonToStartOver(log, { identity: logIdentity, checkpoint });
  }

  async #hasTables(transaction: PostgresTransaction, number: number): Promise<boolean> {
    const table = `${this.#options.schema.generation(number)}.checkpoint`;
    const [found] = await transaction.rows<{ readonly exists: boolean }>(sql`
      SELECT to_regclass(${table}) IS NOT NULL AS exists`);
    return found?.exists === true;
  }

  /** @param held whether it is not to move until the transaction ends. */
  async #checkpointOf(transaction: PostgresTransaction, number: number, held?: 'held'): Promise<Position> {
    const table = `${this.#options.schema.generation(number)}.checkpoint`;
    const [row] = await transaction.rows<{ readonly position: string }>({
      text: `SELECT CAST(c.position AS TEXT) AS position FROM ${table} AS c${held ? ' FOR UPDATE' : ''}`,
      params: [],
    });
    if (!row) throw new Error(`Generation ${number} has no checkpoint.`);
    return BigInt(row.position) as Position;
  }

  #opened(number: number): PostgresGeneration {
    const generation = this.#open.get(number) ?? new PostgresGeneration(number, this.#options);
    this.#open.set(number, generation);
    return generation;
  }

  async #forget(number: number): Promise<void> {
    const generation = this.#open.get(number);
    this.#open.delete(number);
    await generation?.close();
  }
}
