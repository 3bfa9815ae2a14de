import pg from 'pg';
import { describeDatabase } from './database-address.js';
import { columnTypes } from './column-types.js';

export interface PoolOptions {
  /** `postgres://...`; TLS by its `sslmode`, `sslrootcert` and so on. */
  readonly url: string;
  /** What the connections are for, as `pg_stat_activity` shows it. */
  readonly applicationName: string;
  readonly mostConnections: number;
  /** Settings of every connection's session, by name; the values are the program's own. */
  readonly settings?: Readonly<Record<string, string | number>>;
  /** Looks at each connection before it is used for the first time; where it rejects, the connection is not used. */
  readonly admit?: (client: pg.ClientBase) => Promise<unknown>;
  /** How long the server may take to answer before the connection is given up, milliseconds. Default: for ever. */
  readonly answersWithinMs?: number;
}

/** How long a connection may take to be had: to the server, or out of a pool that is all in use. Milliseconds. */
const connectWithin = 5_000;
/** A connection is replaced after a while, so that what statements it has prepared is forgotten. Seconds. */
const longestLife = 3_600;

/** @throws DatabaseAddressError */
export function openPool(options: PoolOptions): pg.Pool {
  const { url, applicationName, mostConnections, settings = {}, admit, answersWithinMs } = options;
  describeDatabase(url);
  const session = Object.entries(settings).map(([name, value]) => `SET ${name} = ${value}`);
  const begin = async (client: pg.ClientBase) => {
    if (session.length > 0) await client.query(session.join('; '));
    await admit?.(client);
  };
  const pool = new pg.Pool({
    connectionString: url,
    application_name: applicationName,
    max: mostConnections,
    // Statements are sent while earlier ones are unanswered.
    pipeline: true,
    types: columnTypes,
    connectionTimeoutMillis: connectWithin,
    idleTimeoutMillis: 30_000,
    maxLifetimeSeconds: longestLife,
    ...(answersWithinMs !== undefined && { query_timeout: answersWithinMs }),
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    allowExitOnIdle: true,
    verify: (client, done) => {
      client.on('error', ignored);
      begin(client).then(() => done(), done);
    },
  });
  // A connection that breaks while nobody uses it: the pool makes another one when it is needed.
  pool.on('error', ignored);
  return pool;
}

/** Whoever uses the connection hears of it by a statement that fails. */
function ignored(): void {}
