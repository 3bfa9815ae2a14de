import type { Position } from '#event-store';
import { processChannel, processCheckpointTable } from '../process/postgres-process-checkpoint.js';
import type { Ask, CheckpointSource } from './checkpoint-source.js';

/** How far a process manager of another process has come (`PostgresProcessCheckpoint`). */
export class ProcessSource implements CheckpointSource {
  readonly channel: string;

  constructor(private readonly name: string) {
    this.channel = processChannel(name);
  }

  heard(payload: string): Position | 'look' {
    return /^\d{1,19}$/.test(payload) ? (BigInt(payload) as Position) : 'look';
  }

  async current(ask: Ask): Promise<Position | undefined> {
    const [row] = await ask<{ position: string }>(
      `SELECT CAST(c.position AS TEXT) AS position FROM ${processCheckpointTable} AS c WHERE c.name = $1`,
      [this.name],
    );
    return row && (BigInt(row.position) as Position);
  }
}
