import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { GenerationCatalogue, ProjectionTarget, SourceLog } from '#projections';
import type { SchemaRegistry } from '#scim-protocol';
import type { DirectoryReader } from '../reading/directory-reader.js';
import { SqlDirectoryReader } from '../reading/sql-directory-reader.js';
import type { SqlReads } from '../sql/sql-connection.js';
import { codeVersionOf } from '../tables/code-version.js';
import { SqliteGenerationCatalogue, type SqliteGenerationCatalogueOptions } from './sqlite-generation-catalogue.js';
import { deleteFiles } from './sqlite-generation.js';
import { isAway } from './store-error.js';

export interface SqliteDirectoryViewOptions {
  /** Where the view's files are; created where it is missing. Holds nothing that the log could not give back. */
  readonly directory: string;
  readonly registry: SchemaRegistry;
  /** What the view is built from. */
  readonly log: SourceLog;
  /** Told why the live generation, or all of them, were thrown away. */
  readonly discarded?: (reason: string) => void;
  /** Told once of each generation whose file is found damaged while it is in use. */
  readonly damaged?: (generation: number) => void;
}

/** The read model of the directory in SQLite files: what answers SCIM GETs and says who is in which group. */
export class SqliteDirectoryView {
  readonly reader: DirectoryReader;
  readonly #catalogue: SqliteGenerationCatalogue;

  private constructor(catalogue: SqliteGenerationCatalogue) {
    this.#catalogue = catalogue;
    this.reader = new SqlDirectoryReader(() => catalogue.liveReads);
  }

  /**
   * Opens what is there. A generation that is damaged, was built by other code or for other schemas, or does not belong to
   * the log, is thrown away, and an empty one takes its place. A `GenerationKeeper` fills it.
   */
  static async open(options: SqliteDirectoryViewOptions): Promise<SqliteDirectoryView> {
    const { directory, registry, log, discarded = () => undefined, damaged = () => undefined } = options;
    mkdirSync(directory, { recursive: true });
    const codeVersion = codeVersionOf(registry);
    const catalogue = openCatalogue({ directory, registry, log, codeVersion, discarded, damaged });
    await catalogue.start();
    return new SqliteDirectoryView(catalogue);
  }

  get catalogue(): GenerationCatalogue {
    return this.#catalogue;
  }

  /** Rows of the live generation, for what the reader has no question for (a dump, a comparison). */
  get liveReads(): SqlReads {
    return this.#catalogue.liveReads;
  }

  /** Whether its file was found damaged; the next `open` throws it away. */
  get isDamaged(): boolean {
    return this.#catalogue.isDamaged;
  }

  async liveTarget(): Promise<ProjectionTarget> {
    const live = await this.#catalogue.live();
    if (!live) throw new Error('No generation is live.');
    return this.#catalogue.target(live.number);
  }

  close(): void {
    this.#catalogue.close();
  }
}

function openCatalogue(options: SqliteGenerationCatalogueOptions): SqliteGenerationCatalogue {
  try {
    return new SqliteGenerationCatalogue(options);
  } catch (error) {
    if (isAway(error)) throw error;
    // Without its catalogue no generation can be told from another.
    options.discarded('the catalogue of its generations cannot be read');
    for (const name of readdirSync(options.directory)) {
      if (/^view-(\d+|generations)\.sqlite$/.test(name)) deleteFiles(join(options.directory, name));
    }
    return new SqliteGenerationCatalogue(options);
  }
}
