import { rmSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Position } from '#event-store';
import {
  type BuiltFrom,
  type CheckpointMove,
  type Ownership,
  OwnershipLostError,
  placeOfText,
  placeToText,
  type ProcessCheckpoint,
  reasonToStartOver,
  type SourceLog,
  unlessAway,
} from '#projections';
import { addMissingColumn } from './missing-column.js';
import { conditionOf } from './sqlite-condition.js';

/** Moves of less than this many positions, with nothing done in them, are not written down. */
const idleStride = 5_000n;

const insert = `INSERT INTO process_checkpoint (id, epoch, position, log_identity) VALUES (1, 0, 0, ?)
  ON CONFLICT DO NOTHING`;
const startOver = 'UPDATE process_checkpoint SET position = 0, last_event = NULL, log_identity = ?';

export interface SqliteProcessCheckpointOptions {
  readonly file: string;
  /** What the process reads. */
  readonly log: SourceLog;
  /** Told why the process goes through the log from its beginning. */
  readonly discarded?: (reason: string) => void;
}

/** How far a process manager has come, in a SQLite file of its own. One that is damaged is begun anew. */
export class SqliteProcessCheckpoint implements ProcessCheckpoint {
  readonly #options: SqliteProcessCheckpointOptions;
  readonly #database: DatabaseSync;
  readonly #store: StatementSync;
  #epoch = 0;
  #position = 0n as Position;
  #stored = 0n as Position;
  /** Of the moves since `#stored`; null: none of them had an event. */
  #last: string | null = null;

  constructor(options: SqliteProcessCheckpointOptions) {
    this.#options = options;
    this.#database = openOrStartOver(options.file, options.discarded);
    this.#store = this.#database.prepare(
      'UPDATE process_checkpoint SET position = ?, last_event = COALESCE(?, last_event) WHERE id = 1 AND epoch = ?',
    );
  }

  acquire(): Promise<Ownership> {
    return unlessAway(isAway, async () => {
      await this.#fitToLog();
      const take = 'UPDATE process_checkpoint SET epoch = epoch + 1 RETURNING epoch, position, last_event AS last';
      const statement = this.#database.prepare(take);
      statement.setReadBigInts(true);
      const row = statement.get() as {
        readonly epoch: bigint;
        readonly position: bigint;
        readonly last: string | null;
      };
      this.#epoch = Number(row.epoch);
      this.#position = this.#stored = row.position as Position;
      this.#last = null;
      return { epoch: this.#epoch, checkpoint: this.#position, last: placeOfText(row.last) };
    });
  }

  move(move: CheckpointMove, busy: boolean): Promise<void> {
    return unlessAway(isAway, async () => {
      const stands = this.#position === move.from || this.#position === move.to;
      if (move.epoch !== this.#epoch || !stands) throw new OwnershipLostError(move);
      this.#last = placeToText(move.last) ?? this.#last;
      if (busy || move.to - this.#stored >= idleStride) {
        if (this.#store.run(move.to, this.#last, move.epoch).changes === 0) throw new OwnershipLostError(move);
        this.#stored = move.to;
      }
      this.#position = move.to;
    });
  }

  async close(): Promise<void> {
    this.#store.run(this.#position, this.#last, this.#epoch);
    this.#database.close();
  }

  async #fitToLog(): Promise<void> {
    const { log, discarded } = this.#options;
    this.#database.prepare(insert).run(log.identity);
    const reason = await reasonToStartOver(log, this.#builtFrom());
    if (reason === undefined) return;
    this.#database.prepare(startOver).run(log.identity);
    discarded?.(reason);
  }

  #builtFrom(): BuiltFrom {
    const statement = this.#database.prepare(
      'SELECT position AS checkpoint, log_identity AS identity, last_event AS last FROM process_checkpoint',
    );
    statement.setReadBigInts(true);
    const row = statement.get() as unknown as Omit<BuiltFrom, 'last'> & { readonly last: string | null };
    return { ...row, last: placeOfText(row.last) };
  }
}

function openOrStartOver(file: string, discarded: SqliteProcessCheckpointOptions['discarded']): DatabaseSync {
  try {
    return openSound(file);
  } catch (error) {
    if (conditionOf(error) !== 'damaged') throw error;
    discarded?.('its file is damaged');
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
    return openSound(file);
  }
}

/** @throws where the file is damaged. */
function openSound(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  try {
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
      CREATE TABLE IF NOT EXISTS process_checkpoint (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        epoch INTEGER NOT NULL, position INTEGER NOT NULL, log_identity TEXT NOT NULL)`);
    addMissingColumn(database, 'process_checkpoint', 'last_event', 'TEXT');
    database.prepare('SELECT * FROM process_checkpoint').all();
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function isAway(error: unknown): boolean {
  return conditionOf(error) === 'away';
}
