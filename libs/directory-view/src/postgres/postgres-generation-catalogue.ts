import type pg from 'pg';
import { beforeFirstPosition } from '#event-store';
import {
  type FlipResult,
  type Generation,
  type GenerationCatalogue,
  type GenerationsToKeep,
  type ProjectionTarget,
  reasonToStartOver,
  type SourceLog,
} from '#projections';
import { openPool } from '#projections-postgres';
import { type SqlReads, SqlStoreError } from '../sql/sql-connection.js';
import { literal } from '../sql/sql-text.js';
import { flipGeneration } from './flip-generation.js';
import { GenerationTable } from './generation-table.js';
import { readKeptVersions } from './kept-versions.js';
import { type GenerationDatabase, PostgresGeneration } from './postgres-generation.js';
import { PostgresTransaction } from './postgres-transaction.js';
import { catalogueSettings } from './session-settings.js';

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
      settings: catalogueSettings(lockTimeoutMs),
      answersWithinMs: options.answersWithinMs ?? lockTimeoutMs + 5_000,
    });
  }

  /** Where reads go to. Changes when another generation is made live. */
  get liveReads(): SqlReads {
    if (!this.#live) throw new SqlStoreError('away', 'No generation is live.');
    return this.#live.reads;
  }

  list(): Promise<readonly Generation[]> {
    return PostgresTransaction.within(this.#pool, (transaction) => this.#table.list(transaction));
  }

  async live(): Promise<Generation | undefined> {
    return (await this.#own()).find(({ state }) => state === 'live');
  }

  async toKeep(): Promise<GenerationsToKeep> {
    const own = await this.#own();
    const live = own.find(({ state }) => state === 'live')?.number;
    const hasRows = async (number: number) =>
      PostgresTransaction.within(this.#pool, (transaction) => this.#table.hasRows(transaction, number));
    return {
      live: live !== undefined && (await hasRows(live)) ? live : undefined,
      building: own.find(({ state }) => state === 'building')?.number,
    };
  }

  async target(number: number): Promise<ProjectionTarget> {
    await this.#changing(async (transaction) => {
      const generation = await this.#table.find(transaction, number);
      if (generation?.state !== 'building' || (await this.#table.hasRows(transaction, number))) return;
      await this.#table.makeRows(transaction, number);
    });
    return this.#opened(number).target;
  }

  async makeLive(number: number): Promise<FlipResult> {
    const { log, codeVersion } = this.#options;
    const flip = await this.#changing((transaction) =>
      flipGeneration(this.#table, transaction, { number, codeVersion, logIdentity: log.identity }),
    );
    if (flip.outcome === 'live') this.#live = this.#opened(number);
    return flip;
  }

  async release(number: number): Promise<void> {
    const generation = this.#open.get(number);
    this.#open.delete(number);
    await generation?.close();
  }

  /**
   * Opens the live generation of this code version, or begins one where there is none that this log can continue: at once
   * live where there is no other, to be built beside one of another version. A build that was under way when its process
   * ended is left to be gone on with. What is retired is dropped where this log cannot continue it: nobody is to return to it.
   */
  async start(): Promise<void> {
    const reasons: string[] = [];
    const live = await this.#changing(async (transaction) => {
      await this.#table.create(transaction);
      const { codeVersion, log } = this.#options;
      const all = await this.#table.list(transaction);
      const isBeside = all.some((one) => isLiveOf(one, log) && one.codeVersion !== codeVersion);
      const usable: Generation[] = [];
      for (const generation of all.filter((one) => one.codeVersion === codeVersion && one.state !== 'dropped')) {
        const reason = await this.#reasonNotToUse(transaction, generation);
        if (reason === undefined) {
          if (generation.state !== 'retired') usable.push(generation);
          continue;
        }
        await this.#table.giveUp(transaction, generation.number);
        await this.#table.dropRows(transaction, generation.number);
        if (generation.state === 'live') reasons.push(reason);
      }
      const live = usable.find(({ state }) => state === 'live')?.number;
      if (live !== undefined && !isBeside) return live;
      if (live !== undefined) await this.#table.putBack(transaction, live);
      if (usable.length > 0) return undefined;
      const number = await this.#table.begin(transaction, codeVersion, log.identity);
      if (isBeside) return undefined;
      await this.#table.makeRows(transaction, number);
      await this.#table.makeLive(transaction, { number, codeVersion }, beforeFirstPosition);
      return number;
    });
    this.#live = live === undefined ? undefined : this.#opened(live);
    for (const reason of reasons) this.#options.discarded(reason);
  }

  /**
   * Whether a generation of this code version and one of another are live: readers of each wait for both.
   *
   * @param kept only where somebody keeps up the other, without which it is not read.
   */
  isBesideAnother(kept?: 'kept'): Promise<boolean> {
    const { codeVersion, log } = this.#options;
    return PostgresTransaction.within(this.#pool, async (transaction) => {
      const isKept = await readKeptVersions((text) => transaction.rows(literal(text)));
      const live = (await this.#table.list(transaction)).filter((one) => isLiveOf(one, log));
      const others = live.filter((one) => one.codeVersion !== codeVersion);
      return others.length < live.length && others.some((one) => !kept || isKept(one.codeVersion));
    });
  }

  async close(): Promise<void> {
    await Promise.all([this.#pool.end(), ...[...this.#open.values()].map((generation) => generation.close())]);
  }

  /** One transaction, while which nobody else changes the catalogue. */
  #changing<T>(work: (transaction: PostgresTransaction) => Promise<T>): Promise<T> {
    return PostgresTransaction.within(this.#pool, async (transaction) => {
      await this.#table.lock(transaction);
      return work(transaction);
    });
  }

  async #own(): Promise<readonly Generation[]> {
    return (await this.list()).filter(({ codeVersion }) => codeVersion === this.#options.codeVersion);
  }

  async #reasonNotToUse(
    transaction: PostgresTransaction,
    { number, state, logIdentity }: Generation,
  ): Promise<string | undefined> {
    const hasRows = await this.#table.hasRows(transaction, number);
    if (!hasRows && state === 'live') return 'its tables are gone';
    const progress = hasRows ? await this.#table.progressOf(transaction, number) : { checkpoint: beforeFirstPosition };
    return reasonToStartOver(this.#options.log, { identity: logIdentity, ...progress });
  }

  #opened(number: number): PostgresGeneration {
    const generation = this.#open.get(number) ?? new PostgresGeneration(number, this.#options);
    this.#open.set(number, generation);
    return generation;
  }
}

function isLiveOf({ state, logIdentity }: Generation, log: SourceLog): boolean {
  return state === 'live' && logIdentity === log.identity;
}
