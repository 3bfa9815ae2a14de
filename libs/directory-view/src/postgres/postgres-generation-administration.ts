import type pg from 'pg';
import type {
  DropResult,
  Generation,
  GenerationAdministration,
  GenerationStatus,
  RebuildRequest,
  ReturnRequest,
} from '#projections';
import { openPool } from '#projections-postgres';
import { literal } from '../sql/sql-text.js';
import { GenerationTable } from './generation-table.js';
import { readKeptVersions } from './kept-versions.js';
import { PostgresTransaction } from './postgres-transaction.js';
import { readPostgresGenerations } from './read-postgres-generations.js';
import { catalogueSettings } from './session-settings.js';
import { ViewSchema } from './view-schema.js';

export interface PostgresGenerationAdministrationOptions {
  /** `postgres://...`, of the role that the projector has, or one with the grants of docs/postgresql.md. */
  readonly url: string;
  /** As the process that builds the view names it. */
  readonly name?: string;
}

/** How long a drop waits for readers of the generation, milliseconds. */
const lockTimeoutMs = 20_000;

/** The generations of a view in PostgreSQL, from a process that neither builds nor reads it. Errors are `SqlStoreError`. */
export class PostgresGenerationAdministration implements GenerationAdministration {
  readonly #options: PostgresGenerationAdministrationOptions;
  readonly #pool: pg.Pool;
  readonly #table: GenerationTable;

  /** @throws DatabaseAddressError */
  constructor(options: PostgresGenerationAdministrationOptions) {
    const { url, name } = options;
    this.#options = options;
    const schema = new ViewSchema(name);
    this.#table = new GenerationTable(schema);
    this.#pool = openPool({
      url,
      applicationName: `scim-ledger ${schema.catalogue} administration`,
      mostConnections: 1,
      settings: catalogueSettings(lockTimeoutMs),
    });
  }

  status(): Promise<readonly GenerationStatus[]> {
    const { url, name } = this.#options;
    return readPostgresGenerations(url, name);
  }

  requestRebuild(): Promise<RebuildRequest> {
    return this.#withCatalogue<RebuildRequest>({ outcome: 'nothing-live' }, async (transaction) => {
      const generations = await this.#table.list(transaction);
      const isKept = await this.#kept(transaction);
      const live = generations.findLast(isLive(isKept)) ?? generations.findLast(isLive());
      if (!live) return { outcome: 'nothing-live' };
      const { codeVersion, logIdentity } = live;
      const building = inBuilding(generations, codeVersion);
      if (building) return { outcome: 'under-way', number: building.number };
      return { outcome: 'asked', number: await this.#table.begin(transaction, codeVersion, logIdentity) };
    });
  }

  requestReturn(number: number): Promise<ReturnRequest> {
    return this.#withCatalogue<ReturnRequest>({ outcome: 'not-retired' }, async (transaction) => {
      const generations = await this.#table.list(transaction);
      const generation = generations.find((one) => one.number === number);
      if (generation?.state !== 'retired') return { outcome: 'not-retired' };
      const building = inBuilding(generations, generation.codeVersion);
      if (building) return { outcome: 'under-way', number: building.number };
      if (!generations.some(isLive(isLike(generation)))) return { outcome: 'foreign' };
      await this.#table.putBack(transaction, number);
      return { outcome: 'asked' };
    });
  }

  async drop(number: number): Promise<DropResult> {
    const result = await this.#giveUp(number);
    // A transaction of its own: by then nobody looks for its checkpoint any more, who would wait behind a long read of its rows.
    if (result.outcome === 'dropped') await this.#dropRows(number);
    return result;
  }

  close(): Promise<void> {
    return this.#pool.end();
  }

  #giveUp(number: number): Promise<DropResult> {
    return this.#withCatalogue<DropResult>({ outcome: 'unknown' }, async (transaction) => {
      const generations = await this.#table.list(transaction);
      const generation = generations.find((one) => one.number === number);
      if (!generation) return { outcome: 'unknown' };
      if (generation.state === 'live') {
        const isKept = await this.#kept(transaction);
        if (isKept(generation) || !generations.some(isLive(isKept))) return { outcome: 'live' };
      }
      await this.#table.giveUp(transaction, number);
      return { outcome: 'dropped' };
    });
  }

  #dropRows(number: number): Promise<void> {
    return this.#withCatalogue(undefined, async (transaction) => {
      // Whoever still fills it takes its locks in this order, too.
      if (await this.#table.hasRows(transaction, number)) {
        await this.#table.checkpointOf(transaction, number, 'held');
      }
      await this.#table.dropRows(transaction, number);
    });
  }

  async #kept(transaction: PostgresTransaction): Promise<(generation: Generation) => boolean> {
    const isKept = await readKeptVersions((text) => transaction.rows(literal(text)));
    return ({ codeVersion }) => isKept(codeVersion);
  }

  /** One transaction, while which nobody else changes the catalogue. @param otherwise where no view was ever built. */
  #withCatalogue<T>(otherwise: T, work: (transaction: PostgresTransaction) => Promise<T>): Promise<T> {
    return PostgresTransaction.within(this.#pool, async (transaction) => {
      if (!(await this.#table.exists(transaction))) return otherwise;
      await this.#table.lock(transaction);
      return work(transaction);
    });
  }
}

/** @param and what else is to be true of it. */
function isLive(and: (generation: Generation) => boolean = () => true) {
  return (generation: Generation) => generation.state === 'live' && and(generation);
}

/** Whether another one is shaped by the same code from the same log. */
function isLike({ codeVersion, logIdentity }: Generation) {
  return (other: Generation) => other.codeVersion === codeVersion && other.logIdentity === logIdentity;
}

function inBuilding(generations: readonly Generation[], codeVersion: string): Generation | undefined {
  return generations.find((one) => one.state === 'building' && one.codeVersion === codeVersion);
}
