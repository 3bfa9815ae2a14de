import type pg from 'pg';
import type { Position } from '#event-store';
import { type Ask, type CheckpointSource, openPool } from '#projections-postgres';
import type { SchemaRegistry } from '#scim-protocol';
import type { DirectoryReader } from '../reading/directory-reader.js';
import { SqlDirectoryReader } from '../reading/sql-directory-reader.js';
import { type SqlReads, SqlStoreError } from '../sql/sql-connection.js';
import { codeVersionOf } from '../tables/code-version.js';
import { PostgresReads } from './postgres-reads.js';
import { readerSettings } from './session-settings.js';
import { ViewSchema } from './view-schema.js';

export interface FollowedDirectoryViewOptions {
  /** `postgres://...`; TLS by its `sslmode`. The role needs nothing but to read. */
  readonly url: string;
  readonly registry: SchemaRegistry;
  /** Identity of the log that this process writes to: a view of another one is not read. */
  readonly logIdentity: string;
  /** As the process that builds the view names it. */
  readonly name?: string;
  /** Most connections that read at once. Default 10. */
  readonly readConnections?: number;
}

interface Live {
  readonly number: number;
  readonly pool: pg.Pool;
  readonly reads: PostgresReads;
}

/** How long reads that were begun on a generation may go on when another is live, milliseconds. */
const farewellMs = 60_000;

/**
 * The view as a process reads it that another builds. Which generation is live it hears through `PostgresCheckpointFeed`,
 * whose source it is; until then, and while what is live cannot be read, reads fail as those of a view that is away.
 */
export class FollowedDirectoryView implements CheckpointSource {
  readonly reader: DirectoryReader;
  readonly channel: string;
  readonly #options: FollowedDirectoryViewOptions;
  readonly #schema: ViewSchema;
  readonly #codeVersion: string;
  readonly #pools = new Set<pg.Pool>();
  #live: Live | undefined;
  /** What this process has answered from: a generation that is built again has to come there first. */
  #furthest = 0n as Position;
  #problem = 'which generation is live is not known yet';

  constructor(options: FollowedDirectoryViewOptions) {
    this.#options = options;
    this.#schema = new ViewSchema(options.name);
    this.#codeVersion = codeVersionOf(options.registry);
    this.channel = this.#schema.channel;
    this.reader = new SqlDirectoryReader(() => this.liveReads);
  }

  /** @throws SqlStoreError `away` where there is nothing to be read now. */
  get liveReads(): SqlReads {
    if (!this.#live) throw new SqlStoreError('away', this.#problem);
    return this.#live.reads;
  }

  /** What keeps the view from being read, in words for an operator; undefined: nothing. */
  get problem(): string | undefined {
    return this.#live ? undefined : this.#problem;
  }

  heard(payload: string): Position | 'look' | undefined {
    const [, number, position] = /^(\d{1,9})\/(\d{1,19})$/.exec(payload) ?? [];
    if (number === undefined || position === undefined || !this.#live) return 'look';
    // Of one that is being built, or is not live any more.
    if (Number(number) !== this.#live.number) return undefined;
    return this.#reached(BigInt(position) as Position);
  }

  async current(ask: Ask): Promise<Position | undefined> {
    const live = await this.#findLive(ask);
    if (live === undefined) return this.#cannotBeRead();
    const [row] = await ask<{ position: string }>(
      `SELECT CAST(c.position AS TEXT) AS position FROM ${this.#schema.generation(live)}.checkpoint AS c`,
      [],
    );
    const position = BigInt(row?.position ?? 0) as Position;
    if (position < this.#furthest) {
      this.#problem = `it is built again, and at position ${position} of ${this.#furthest}`;
      return this.#cannotBeRead();
    }
    if (this.#live?.number !== live) this.#goOver(live);
    return this.#reached(position);
  }

  async close(): Promise<void> {
    this.#cannotBeRead();
    await Promise.all([...this.#pools].map((pool) => this.#end(pool)));
  }

  async #findLive(ask: Ask): Promise<number | undefined> {
    const [found] = await ask<{ number: number; code_version: string; log_identity: string }>(
      `SELECT g.number, g.code_version, g.log_identity FROM ${this.#schema.catalogue}.generation AS g
       WHERE g.state = 'live'`,
      [],
    );
    this.#problem = 'no generation is live';
    if (!found) return undefined;
    this.#problem = `it is ${found.code_version}, and this release reads ${this.#codeVersion}`;
    if (found.code_version !== this.#codeVersion) return undefined;
    this.#problem = 'it is built from another log';
    return found.log_identity === this.#options.logIdentity ? found.number : undefined;
  }

  #reached(position: Position): Position {
    if (position > this.#furthest) this.#furthest = position;
    return position;
  }

  #goOver(number: number): void {
    this.#cannotBeRead();
    const pool = openPool({
      url: this.#options.url,
      applicationName: `scim-ledger ${this.#schema.catalogue} reader`,
      mostConnections: this.#options.readConnections ?? 10,
      settings: readerSettings(this.#schema.generation(number)),
    });
    this.#pools.add(pool);
    this.#live = { number, pool, reads: new PostgresReads(pool) };
  }

  #cannotBeRead(): undefined {
    const pool = this.#live?.pool;
    this.#live = undefined;
    if (pool) setTimeout(() => void this.#end(pool), farewellMs).unref();
  }

  async #end(pool: pg.Pool): Promise<void> {
    if (this.#pools.delete(pool)) await pool.end();
  }
}
