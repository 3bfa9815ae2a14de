import { rmSync } from 'node:fs';
import type { SchemaRegistry } from '#scim-protocol';
import type { Position } from '#event-store';
import type { BuiltUpTo } from '#projections';
import { ResourceWriter } from '../projection/resource-writer.js';
import { readCheckpoint, readProgress } from '../tables/checkpoint.js';
import { viewTables } from '../tables/view-tables.js';
import { SqliteConnection } from './sqlite-connection.js';
import { sqliteDialect } from './sqlite-dialect.js';
import { SqliteProjectionTarget } from './sqlite-projection-target.js';
import { SqliteReads } from './sqlite-reads.js';

export interface GenerationFile {
  readonly path: string;
  readonly registry: SchemaRegistry;
  readonly onDamage: () => void;
}

/** One generation: a file with its tables, a connection that writes and connections that read. */
export class SqliteGeneration {
  readonly target: SqliteProjectionTarget;
  readonly reads: SqliteReads;
  readonly #path: string;
  readonly #writing: SqliteConnection;

  private constructor(writing: SqliteConnection, { path, registry, onDamage }: GenerationFile) {
    this.#path = path;
    this.#writing = writing;
    this.reads = new SqliteReads(() => openForReading(path, onDamage));
    this.target = new SqliteProjectionTarget(writing, new ResourceWriter(registry, sqliteDialect), this.reads);
  }

  static create(file: GenerationFile): SqliteGeneration {
    deleteFiles(file.path);
    const writing = openForWriting(file);
    writing.execute(`BEGIN; ${viewTables(sqliteDialect).join(';\n')}; COMMIT`);
    return new SqliteGeneration(writing, file);
  }

  /** @throws SqlStoreError where the file is missing, damaged or of another make. */
  static async open(file: GenerationFile): Promise<SqliteGeneration> {
    const writing = openForWriting(file);
    try {
      // The tables were made in one transaction together with this row.
      await readCheckpoint(writing);
      return new SqliteGeneration(writing, file);
    } catch (error) {
      writing.close();
      throw error;
    }
  }

  async checkpoint(): Promise<Position> {
    return (await this.progress()).checkpoint;
  }

  progress(): Promise<BuiltUpTo> {
    return readProgress(this.reads);
  }

  /** Runs the work while nothing can be written to this generation, by whichever process. */
  async whileStill<T>(work: () => Promise<T>): Promise<T> {
    const lock = new SqliteConnection(this.#path);
    try {
      lock.execute('BEGIN IMMEDIATE');
      return await work();
    } finally {
      lock.rollBack();
      lock.close();
    }
  }

  close(): void {
    this.reads.close();
    this.#writing.close();
  }
}

/** Also takes what SQLite keeps beside the file. */
export function deleteFiles(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(path + suffix, { force: true });
}

function openForWriting({ path, onDamage }: GenerationFile): SqliteConnection {
  const connection = new SqliteConnection(path, { onDamage });
  try {
    // NORMAL: a power cut may take the last transactions away, each as a whole with its move of the checkpoint, and they
    // are applied again from the log. What was acknowledged to a client is safe there, not here.
    connection.execute(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = NORMAL;
      PRAGMA temp_store = MEMORY;
      PRAGMA cache_size = -16384;
      PRAGMA wal_autocheckpoint = 4000;
      PRAGMA journal_size_limit = 67108864`);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

function openForReading(path: string, onDamage: () => void): SqliteConnection {
  const connection = new SqliteConnection(path, { readOnly: true, onDamage });
  connection.execute('PRAGMA cache_size = -16384; PRAGMA mmap_size = 2147418112; PRAGMA temp_store = MEMORY');
  return connection;
}
