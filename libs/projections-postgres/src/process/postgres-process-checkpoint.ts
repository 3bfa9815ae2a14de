import type { Position } from '#event-store';
import {
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
import { conditionOf } from '../connection/postgres-condition.js';
import { projectionsSchema, ShortStatements } from '../connection/short-statements.js';

export interface PostgresProcessCheckpointOptions {
  readonly url: string;
  /** Of the process; several may be in one database. */
  readonly name: string;
  /** What the process reads. */
  readonly log: SourceLog;
  /** Told why the process goes through the log from its beginning. */
  readonly discarded?: (reason: string) => void;
}

/** The table of checkpoints, one row a process. */
export const processCheckpointTable = `${projectionsSchema}.process_checkpoint`;

const table = {
  name: processCheckpointTable,
  columns: `
    name TEXT PRIMARY KEY,
    epoch BIGINT NOT NULL,
    position BIGINT NOT NULL,
    log_identity TEXT NOT NULL`,
  laterColumns: { last_event: 'TEXT' },
};

const insert = `
  INSERT INTO ${processCheckpointTable} (name, epoch, position, log_identity) VALUES ($1, 0, 0, $2)
  ON CONFLICT (name) DO NOTHING`;
const select = `
  SELECT CAST(c.position AS TEXT) AS position, c.log_identity AS identity, c.last_event
  FROM ${processCheckpointTable} AS c
  WHERE c.name = $1`;
const startOver = `
  UPDATE ${processCheckpointTable} SET position = 0, last_event = NULL, log_identity = $2 WHERE name = $1`;
const take = `
  UPDATE ${processCheckpointTable} SET epoch = epoch + 1 WHERE name = $1
  RETURNING epoch, CAST(position AS TEXT) AS position, last_event`;
// Where it stands at the end already, this owner's earlier attempt was of unknown outcome and has done it.
const move = `
  WITH moved AS (
    UPDATE ${processCheckpointTable} SET position = $3, last_event = COALESCE($6, last_event)
    WHERE name = $1 AND epoch = $2 AND position IN ($3, $4)
    RETURNING position
  )
  SELECT pg_notify($5, CAST(position AS TEXT)) FROM moved`;

interface StoredProgress {
  readonly position: string;
  readonly last_event: string | null;
}

/** The channel on which moves of a process's checkpoint are announced. */
export function processChannel(name: string): string {
  return `${projectionsSchema}_${name}`;
}

/** How far a process manager has come, in a row of a table. Every move is kept and announced: it is one small statement. */
export class PostgresProcessCheckpoint implements ProcessCheckpoint {
  readonly #options: PostgresProcessCheckpointOptions;
  readonly #statements: ShortStatements;

  constructor(options: PostgresProcessCheckpointOptions) {
    this.#options = options;
    this.#statements = new ShortStatements(options.url, `process ${options.name}`, table);
  }

  acquire(): Promise<Ownership> {
    return unlessAway(isAway, async () => {
      await this.#fitToLog();
      const [row] = await this.#statements.rows<StoredProgress & { readonly epoch: number }>(take, [
        this.#options.name,
      ]);
      if (!row) throw new Error(`Process ${this.#options.name} has no checkpoint.`);
      const { epoch, position, last_event } = row;
      return { epoch, checkpoint: BigInt(position) as Position, last: placeOfText(last_event) };
    });
  }

  move(moved: CheckpointMove): Promise<void> {
    const { name } = this.#options;
    const { epoch, from, to, last } = moved;
    const values = [name, epoch, String(to), String(from), processChannel(name), placeToText(last)];
    return unlessAway(isAway, async () => {
      const rows = await this.#statements.rows(move, values);
      if (rows.length === 0) throw new OwnershipLostError(moved);
    });
  }

  close(): Promise<void> {
    return this.#statements.end();
  }

  async #fitToLog(): Promise<void> {
    const { name, log, discarded } = this.#options;
    await this.#statements.rows(insert, [name, log.identity]);
    const [row] = await this.#statements.rows<StoredProgress & { readonly identity: string }>(select, [name]);
    if (!row) return;
    const reason = await reasonToStartOver(log, {
      identity: row.identity,
      checkpoint: BigInt(row.position) as Position,
      last: placeOfText(row.last_event),
    });
    if (reason === undefined) return;
    await this.#statements.rows(startOver, [name, log.identity]);
    discarded?.(reason);
  }
}

function isAway(error: unknown): boolean {
  return conditionOf(error) === 'away';
}
