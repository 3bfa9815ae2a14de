import pg from 'pg';
import { type BackOff, type CheckpointSignal, defaultBackOff, pause } from '#projections';
import { columnTypes } from '../connection/column-types.js';
import { describeDatabase } from '../connection/database-address.js';
import { leaseTable } from '../lease/postgres-lease.js';
import type { Ask, CheckpointSource } from './checkpoint-source.js';

/** For log, metrics and alarms. Called synchronously; must not throw. */
export interface CheckpointFeedObserver {
  /** `alive`: the checkpoint is heard of. Others: nobody need wait for it; tried again all the time. */
  stateChanged?(state: CheckpointFeedState): void;
}

export type CheckpointFeedState =
  | { readonly status: 'alive' }
  /** The database cannot be asked. */
  | { readonly status: 'away'; readonly cause: unknown }
  /** Nobody holds the lease: no process moves the checkpoint. */
  | { readonly status: 'unattended' }
  /** There is nothing yet that this process could read. */
  | { readonly status: 'unreadable' };

export interface PostgresCheckpointFeedOptions {
  readonly url: string;
  readonly source: CheckpointSource;
  /** Told of every move; how requests of this process wait for the projection of another. */
  readonly progress: CheckpointSignal;
  /** Of the lease whose holder moves the checkpoint; undefined: there is none, or the source looks for itself. */
  readonly lease?: string;
  readonly observer?: CheckpointFeedObserver;
  /** How often it looks for what it may not have heard, milliseconds. Default 1,000. */
  readonly lookEveryMs?: number;
  readonly backOff?: BackOff;
}

/** A server that does not answer a look in that time is taken for gone, milliseconds. */
const answersWithinMs = 3_000;

/**
 * Brings the checkpoint of a projection in another process into this one: by notification as soon as it is committed, and by
 * a look every now and then, which also tells a quiet connection from a dead one. Trips the breaker of `progress` where
 * nothing can be known, or nobody is at work.
 */
export class PostgresCheckpointFeed {
  readonly #options: PostgresCheckpointFeedOptions;
  #state: CheckpointFeedState['status'] | undefined;

  /** @throws DatabaseAddressError */
  constructor(options: PostgresCheckpointFeedOptions) {
    describeDatabase(options.url);
    this.#options = options;
  }

  /** Listens until the signal aborts; connects again whenever the connection is lost. Never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    const { backOff = defaultBackOff } = this.#options;
    for (let failures = 0; !signal.aborted;) {
      const began = performance.now();
      const cause = await this.#listen(signal).catch((error: unknown) => error);
      if (signal.aborted) break;
      this.#options.source.away?.();
      this.#enter({ status: 'away', cause });
      failures = performance.now() - began > 10_000 ? 1 : failures + 1;
      await pause(backOff(failures), signal);
    }
    this.#options.progress.halted();
  }

  /** One connection, until it ends or the signal aborts. */
  async #listen(signal: AbortSignal): Promise<unknown> {
    const { url, source, lookEveryMs = 1_000 } = this.#options;
    const client = new pg.Client({
      connectionString: url,
      application_name: `scim-ledger ${source.channel} listener`,
      connectionTimeoutMillis: 5_000,
      query_timeout: answersWithinMs,
      keepAlive: true,
      types: columnTypes,
    });
    const wake = new Wake();
    let lost: unknown;
    client.on('error', (error) => {
      lost = error;
      wake.up();
    });
    client.on('end', () => {
      lost ??= new Error('The connection ended.');
      wake.up();
    });
    client.on('notification', ({ payload = '' }) => {
      if (this.#hear(payload) === 'look') wake.up();
    });
    try {
      await client.connect();
      await client.query(`LISTEN ${client.escapeIdentifier(source.channel)}`);
      while (!signal.aborted && lost === undefined) {
        await this.#look(asking(client));
        await wake.slept(lookEveryMs, signal);
      }
      return lost;
    } finally {
      // Not waited for: a server that is gone would be, for as long as TCP believes in it.
      client.end().catch(() => undefined);
    }
  }

  #hear(payload: string): 'look' | undefined {
    const heard = this.#options.source.heard(payload);
    if (typeof heard !== 'bigint') return heard;
    // Whoever moves it is alive; what it can be read by is for the next look to say.
    if (this.#state !== 'alive') return 'look';
    this.#options.progress.advanced(heard);
    return undefined;
  }

  async #look(ask: Ask): Promise<void> {
    const { source, progress, lease } = this.#options;
    const position = await source.current(ask).catch(undefinedWhereMissing);
    if (position === undefined) return this.#enter({ status: 'unreadable' });
    if (position === 'unattended') return this.#enter({ status: 'unattended' });
    if (lease !== undefined && !(await isHeld(ask, lease))) return this.#enter({ status: 'unattended' });
    // The same position would close a breaker that opened because it does not move.
    if (this.#state !== 'alive' || position > progress.current) progress.advanced(position);
    this.#enter({ status: 'alive' });
  }

  #enter(state: CheckpointFeedState): void {
    if (state.status !== 'alive') this.#options.progress.halted();
    if (state.status === this.#state) return;
    this.#state = state.status;
    this.#options.observer?.stateChanged?.(state);
  }
}

function asking(client: pg.Client): Ask {
  return async <Row extends object>(text: string, values: readonly unknown[]) => {
    const { rows } = await client.query<Row>(text, [...values]);
    return rows;
  };
}

async function isHeld(ask: Ask, lease: string): Promise<boolean> {
  const held = `SELECT 1 FROM ${leaseTable} AS l WHERE l.name = $1 AND l.expires_at > clock_timestamp()`;
  return ((await ask(held, [lease]).catch(undefinedWhereMissing)) ?? []).length > 0;
}

/** For tables that nobody has made yet, or somebody has dropped. */
function undefinedWhereMissing(error: unknown): undefined {
  const isMissing = error instanceof Error && 'code' in error && (error.code === '42P01' || error.code === '3F000');
  if (!isMissing) throw error;
}

/** A sleep that ends early when there is something to do. */
class Wake {
  #early = false;
  #end: (() => void) | undefined;

  up(): void {
    this.#early = true;
    this.#end?.();
  }

  async slept(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (!this.#early) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#end = resolve;
      const timer = setTimeout(resolve, milliseconds);
      signal.addEventListener('abort', this.#end);
      if (signal.aborted) resolve();
      await promise;
      clearTimeout(timer);
      signal.removeEventListener('abort', this.#end);
      this.#end = undefined;
    }
    this.#early = false;
  }
}
