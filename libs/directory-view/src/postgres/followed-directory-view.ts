import type pg from 'pg';
import type { Position } from '#event-store';
import { type Generation, withinTime } from '#projections';
import { type Ask, type CheckpointSource, openPool } from '#projections-postgres';
import type { SchemaRegistry } from '#scim-protocol';
import type { DirectoryReader } from '../reading/directory-reader.js';
import { SqlDirectoryReader } from '../reading/sql-directory-reader.js';
import { type SqlReads, SqlStoreError } from '../sql/sql-connection.js';
import { codeVersionOf } from '../tables/code-version.js';
import { AwaitedGenerations } from './awaited-generations.js';
import { lookAtGenerations, type SeenGeneration } from './look-at-generations.js';
import { PostgresReads } from './postgres-reads.js';
import { answersWithin, readerSettings } from './session-settings.js';
import { ViewSchema } from './view-schema.js';

export interface FollowedDirectoryViewOptions {
  /** `postgres://...`; TLS by its `sslmode`. The role needs nothing but to read. */
  readonly url: string;
  readonly registry: SchemaRegistry;
  /** Identity of the log that this process writes to: a view of another one is not read. */
  readonly logIdentity: string;
  /** As the process that builds the view names it. */
  readonly name?: string;
  /** Whether a view that nobody holds the lease to build (`viewLeaseOf`) is read all the same. Default: it is not. */
  readonly readsUnattended?: boolean;
  /** Told what keeps the view from being read, in words for an operator; undefined: it is read. */
  readonly problemChanged?: (problem: string | undefined) => void;
  /** Most connections that read at once. Default 10. */
  readonly readConnections?: number;
  /** How long the server may take to answer before it is taken for away, milliseconds. Default: later than it gives up by itself. */
  readonly answersWithinMs?: number;
}

interface Live {
  readonly number: number;
  readonly pool: pg.Pool;
  readonly reads: PostgresReads;
}

/** How long reads that were begun on a generation may go on when another is live, milliseconds. */
const farewellMs = 60_000;
/** How long the end waits for reads that a server does not answer any more, milliseconds. */
const closeWithinMs = 2_000;

/**
 * The view as a process reads it that another builds. Which generation is live it hears through `PostgresCheckpointFeed`,
 * whose source it is; until then, and while what is live cannot be read, reads fail as those of a view that is away. While
 * several are live, or were until just now, its checkpoint is that of the one furthest behind: nodes go over one by one.
 */
export class FollowedDirectoryView implements CheckpointSource {
  readonly reader: DirectoryReader;
  readonly channel: string;
  readonly #options: FollowedDirectoryViewOptions;
  readonly #schema: ViewSchema;
  readonly #codeVersion: string;
  readonly #pools = new Set<pg.Pool>();
  readonly #awaited = new AwaitedGenerations();
  #live: Live | undefined;
  /** What this process has answered from: a generation that is built again, or went back, has to come there first. */
  #furthest = 0n as Position;
  #problem: string | undefined = 'which generation is live is not known yet';

  constructor(options: FollowedDirectoryViewOptions) {
    this.#options = options;
    this.#schema = new ViewSchema(options.name);
    this.#codeVersion = codeVersionOf(options.registry);
    this.channel = this.#schema.channel;
    this.reader = new SqlDirectoryReader(() => this.liveReads);
  }

  /** @throws SqlStoreError `away` where there is nothing to be read now. */
  get liveReads(): SqlReads {
    if (!this.#live || this.#problem !== undefined) throw new SqlStoreError('away', this.#problem);
    return this.#live.reads;
  }

  /** What keeps the view from being read, in words for an operator; undefined: nothing. */
  get problem(): string | undefined {
    return this.#problem;
  }

  heard(payload: string): Position | 'look' | undefined {
    const [, number, position, live] = /^(\d{1,9})\/(\d{1,19})( live)?$/.exec(payload) ?? [];
    if (number === undefined || position === undefined) return 'look';
    const [moved, to] = [Number(number), BigInt(position) as Position];
    // From this moment on: whoever has heard it earlier may read that generation already.
    if (live) this.#awaited.join(moved, to);
    else if (!this.#awaited.moved(moved, to)) return this.#live ? undefined : 'look';
    return live ? 'look' : this.#reached(this.#awaited.least);
  }

  async current(ask: Ask): Promise<Position | 'unattended' | undefined> {
    // Known before it is asked: what is heard meanwhile may be later than the answer.
    const known = this.#awaited.positions;
    const found = await lookAtGenerations(ask, this.#schema, [...known.keys()]);
    for (const { number, position } of found) {
      if (position < (known.get(number) ?? position)) this.#awaited.wentBack(number, position);
    }
    const live = found.filter((one) => one.state === 'live' && one.logIdentity === this.#options.logIdentity);
    const kept = live.filter((one) => one.isKept || (this.#isOwn(one) && this.#options.readsUnattended === true));
    for (const number of known.keys()) if (!found.some((one) => one.number === number)) this.#awaited.leave(number);
    for (const one of found) {
      if (kept.includes(one)) this.#awaited.join(one.number, one.position);
      else this.#awaited.part(one.number);
    }
    const own = live.find((one) => this.#isOwn(one));
    this.#read(own);
    this.#enter(own ? this.#problemOf(own, kept.includes(own)) : this.#reasonForNone(found));
    // Writes wait for what others read, too, where this node can read nothing.
    if (kept.length > 0) return this.#awaited.least < this.#furthest ? undefined : this.#reached(this.#awaited.least);
    return own && 'unattended';
  }

  /** Reads would go to a server that does not answer, and wait for it; what they are for can be had from the log meanwhile. */
  away(): void {
    this.#enter('the database cannot be asked');
  }

  async close(): Promise<void> {
    this.#leaveLive();
    await Promise.all([...this.#pools].map((pool) => this.#end(pool)));
  }

  #isOwn({ codeVersion }: Generation): boolean {
    return codeVersion === this.#codeVersion;
  }

  /** Reads the generation where that is as far as what this process has answered from, and otherwise none. */
  #read(own: SeenGeneration | undefined): void {
    const number = own && this.#positionOf(own) >= this.#furthest ? own.number : undefined;
    if (this.#live?.number === number) return;
    this.#leaveLive();
    if (number !== undefined) this.#goOver(number);
  }

  /** A notification may have told more than the look, and what was answered rests on that. */
  #positionOf({ number, position }: SeenGeneration): Position {
    return this.#awaited.positionOf(number) ?? position;
  }

  #problemOf(own: SeenGeneration, isKept: boolean): string | undefined {
    if (!isKept) return 'nobody keeps it up';
    if (this.#live?.number === own.number) return undefined;
    return isBehind(this.#positionOf(own), this.#furthest);
  }

  #reasonForNone(found: readonly SeenGeneration[]): string {
    const live = found.filter(({ state }) => state === 'live');
    if (live.some((one) => this.#isOwn(one))) return 'it is built from another log';
    const other = live.at(-1);
    return other ? `it is ${other.codeVersion}, and this release reads ${this.#codeVersion}` : 'no generation is live';
  }

  #enter(problem: string | undefined): void {
    if (problem !== this.#problem) this.#options.problemChanged?.(problem);
    this.#problem = problem;
  }

  #reached(position: Position): Position {
    if (position > this.#furthest) this.#furthest = position;
    return position;
  }

  #goOver(number: number): void {
    const pool = openPool({
      url: this.#options.url,
      applicationName: `scim-ledger ${this.#schema.catalogue} reader`,
      mostConnections: this.#options.readConnections ?? 10,
      settings: readerSettings(this.#schema.generation(number)),
      admit: (client) => this.#admit(client),
      answersWithinMs: this.#options.answersWithinMs ?? answersWithin.reader,
    });
    this.#pools.add(pool);
    this.#live = { number, pool, reads: new PostgresReads(pool) };
  }

  /** A connection may be the first to a server that took over with less, before a look has found that out. */
  async #admit(client: pg.ClientBase): Promise<void> {
    const furthest = this.#furthest;
    const { rows } = await client.query<{ position: string }>(
      'SELECT CAST(position AS TEXT) AS position FROM checkpoint',
    );
    const position = BigInt(rows[0]?.position ?? -1);
    if (position < furthest) throw new SqlStoreError('away', isBehind(position, furthest));
  }

  #leaveLive(): void {
    const pool = this.#live?.pool;
    this.#live = undefined;
    if (pool) setTimeout(() => void this.#end(pool), farewellMs).unref();
  }

  async #end(pool: pg.Pool): Promise<void> {
    if (this.#pools.delete(pool)) await withinTime(pool.end(), closeWithinMs);
  }
}

/** In words for an operator. */
function isBehind(position: bigint, furthest: Position): string {
  return `it is at position ${position}, and was read at ${furthest}`;
}
