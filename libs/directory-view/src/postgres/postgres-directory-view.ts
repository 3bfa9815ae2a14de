import type { Position } from '#event-store';
import type { GenerationCatalogue, ProjectionTarget, SourceLog } from '#projections';
import type { SchemaRegistry } from '#scim-protocol';
import type { DirectoryReader } from '../reading/directory-reader.js';
import { SqlDirectoryReader } from '../reading/sql-directory-reader.js';
import type { SqlReads } from '../sql/sql-connection.js';
import { readCheckpoint } from '../tables/checkpoint.js';
import { codeVersionOf } from '../tables/code-version.js';
import { PostgresGenerationCatalogue } from './postgres-generation-catalogue.js';
import { ViewSchema } from './view-schema.js';

export interface PostgresDirectoryViewOptions {
  /** `postgres://...`; TLS by its `sslmode`. The role needs CREATE on the database. */
  readonly url: string;
  readonly registry: SchemaRegistry;
  /** What the view is built from. */
  readonly log: SourceLog;
  /** Told why the live generation was thrown away. */
  readonly discarded?: (reason: string) => void;
  /** Schema of the catalogue, before which the schemas of generations are named. Default `scim_view`. */
  readonly name?: string;
  /** Most connections that read at once, for every generation in use. Default 10. */
  readonly readConnections?: number;
}

/**
 * The read model of the directory in PostgreSQL, for the process that builds it: one at a time of a release, whoever holds the
 * lease (`viewLeaseOf`). Others read it through `FollowedDirectoryView`.
 */
export class PostgresDirectoryView {
  readonly reader: DirectoryReader;
  readonly #catalogue: PostgresGenerationCatalogue;

  private constructor(catalogue: PostgresGenerationCatalogue) {
    this.#catalogue = catalogue;
    this.reader = new SqlDirectoryReader(() => catalogue.liveReads);
  }

  /**
   * Opens what is there. A generation that does not belong to the log is thrown away, and an empty one takes its place; where
   * one that other code built is live, or one for other schemas, another is begun beside it. A `GenerationKeeper` fills them.
   *
   * @throws SqlStoreError | EventStoreUnavailable where the database or the log is away or refuses.
   */
  static async open(options: PostgresDirectoryViewOptions): Promise<PostgresDirectoryView> {
    const { url, registry, log, discarded = () => undefined, name, readConnections = 10 } = options;
    const catalogue = new PostgresGenerationCatalogue({
      url,
      registry,
      log,
      discarded,
      readConnections,
      schema: new ViewSchema(name),
      codeVersion: codeVersionOf(registry),
    });
    try {
      await catalogue.start();
      return new PostgresDirectoryView(catalogue);
    } catch (error) {
      await catalogue.close();
      throw error;
    }
  }

  get catalogue(): GenerationCatalogue {
    return this.#catalogue;
  }

  /** Rows of the live generation, for what the reader has no question for (a dump, a comparison). */
  get liveReads(): SqlReads {
    return this.#catalogue.liveReads;
  }

  /** How far the live generation has come, as the database has it. @throws SqlStoreError */
  async liveCheckpoint(): Promise<Position> {
    return (await readCheckpoint(this.liveReads)).checkpoint;
  }

  async liveTarget(): Promise<ProjectionTarget> {
    const live = await this.#catalogue.live();
    if (!live) throw new Error('No generation is live.');
    return this.#catalogue.target(live.number);
  }

  /** Whether another release has its live generation beside this one's. @param kept only where that is kept up. */
  isBesideAnother(kept?: 'kept'): Promise<boolean> {
    return this.#catalogue.isBesideAnother(kept);
  }

  close(): Promise<void> {
    return this.#catalogue.close();
  }
}
