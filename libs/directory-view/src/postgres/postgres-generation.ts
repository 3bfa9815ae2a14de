import type pg from 'pg';
import { openPool } from '#projections-postgres';
import type { SchemaRegistry } from '#scim-protocol';
import { ResourceWriter } from '../projection/resource-writer.js';
import { postgresDialect } from './postgres-dialect.js';
import { PostgresProjectionTarget } from './postgres-projection-target.js';
import { PostgresReads } from './postgres-reads.js';
import { answersWithin, projectorSettings, readerSettings } from './session-settings.js';
import type { ViewSchema } from './view-schema.js';

export interface GenerationDatabase {
  readonly url: string;
  readonly schema: ViewSchema;
  readonly registry: SchemaRegistry;
  readonly readConnections: number;
  /** How long the server may take to answer before it is taken for away, milliseconds. Default: later than it gives up by itself. */
  readonly answersWithinMs?: number;
}

/** One generation: a schema with its tables, one connection that writes and several that read. They are made when needed. */
export class PostgresGeneration {
  readonly target: PostgresProjectionTarget;
  readonly reads: PostgresReads;
  readonly #pools: readonly pg.Pool[];

  constructor(
    readonly number: number,
    { url, schema, registry, readConnections, answersWithinMs }: GenerationDatabase,
  ) {
    const tables = schema.generation(number);
    const reading = openPool({
      url,
      applicationName: `scim-ledger ${schema.catalogue} reader`,
      mostConnections: readConnections,
      settings: readerSettings(tables),
      answersWithinMs: answersWithinMs ?? answersWithin.reader,
    });
    const writing = openPool({
      url,
      applicationName: `scim-ledger ${schema.catalogue} projector`,
      mostConnections: 1,
      settings: projectorSettings(tables),
      answersWithinMs: answersWithinMs ?? answersWithin.projector,
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
