import type pg from 'pg';
import { openPool } from '#projections-postgres';
import type { SchemaRegistry } from '#scim-protocol';
import { ResourceWriter } from '../projection/resource-writer.js';
import { postgresDialect } from './postgres-dialect.js';
import { PostgresProjectionTarget } from './postgres-projection-target.js';
import { PostgresReads } from './postgres-reads.js';
import type { ViewSchema } from './view-schema.js';

export interface GenerationDatabase {
  readonly url: string;
  readonly schema: ViewSchema;
  readonly registry: SchemaRegistry;
  readonly readConnections: number;
}

/** How long one statement of a read may take: a filter that goes through everything must not keep a connection. */
const readTimeoutMs = 15_000;
const writeTimeoutMs = 60_000;
/** A projector that does not run must not hold a lock: the server ends its transaction, which it could not commit anyway. */
const idleInTransactionMs = 5_000;

/**
 * Has the planner look rows up by key, row by row. It is what every statement of the view is made for, in tables that hold
 * all tenants; left to itself the planner goes by statistics, which a table that grows from nothing does not have yet.
 */
const lookUps = { enable_seqscan: 'off', enable_hashjoin: 'off', enable_mergejoin: 'off', jit: 'off' };

/** One generation: a schema with its tables, one connection that writes and several that read. They are made when needed. */
export class PostgresGeneration {
  readonly target: PostgresProjectionTarget;
  readonly reads: PostgresReads;
  readonly #pools: readonly pg.Pool[];

  constructor(
    readonly number: number,
    { url, schema, registry, readConnections }: GenerationDatabase,
  ) {
    const search_path = schema.generation(number);
    const reading = openPool({
      url,
      applicationName: `scim-ledger ${schema.catalogue} reader`,
      mostConnections: readConnections,
      settings: {
        search_path,
        statement_timeout: readTimeoutMs,
        idle_in_transaction_session_timeout: writeTimeoutMs,
        default_transaction_read_only: 'on',
        ...lookUps,
      },
    });
    const writing = openPool({
      url,
      applicationName: `scim-ledger ${schema.catalogue} projector`,
      mostConnections: 1,
      settings: {
        search_path,
        statement_timeout: writeTimeoutMs,
        idle_in_transaction_session_timeout: idleInTransactionMs,
        ...lookUps,
      },
    });
    this.#pools = [reading, writing];
    this.reads = new PostgresReads(reading);
    const writer = new ResourceWriter(registry, postgresDialect);
    this.target = new PostgresProjectionTarget(writing, writer, schema.announce(number));
  }

  /** Statements under way come to their end. */
  async close(): Promise<void> {
    await Promise.all(this.#pools.map((pool) => pool.end()));
  }
}
