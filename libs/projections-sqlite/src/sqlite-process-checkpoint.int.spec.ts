import { mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Position } from '#event-store';
import { TargetUnavailableError } from '#projections';
import { processCheckpointContract, sourceLogAt } from '#projections/testing';
import { SqliteProcessCheckpoint } from './sqlite-process-checkpoint.js';

const at = (position: number) => BigInt(position) as Position;
const log = sourceLogAt('a', at(20_000));

function makeFolder(): string {
  return mkdtempSync(join(tmpdir(), 'process-checkpoint-'));
}

processCheckpointContract('a SQLite file', async () => {
  const folder = makeFolder();
  return {
    open: (source, discarded) =>
      new SqliteProcessCheckpoint({ file: join(folder, 'process.sqlite'), log: source, discarded }),
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
});

describe('the checkpoint of a process in a SQLite file', () => {
  let folder: string;
  let file: string;
  let reasons: string[];

  beforeEach(() => {
    folder = makeFolder();
    file = join(folder, 'process.sqlite');
    reasons = [];
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const open = () => new SqliteProcessCheckpoint({ file, log, discarded: (reason) => reasons.push(reason) });

  /** What an owner finds that opens the file and takes over. */
  async function found(): Promise<Position> {
    const checkpoint = open();
    const { checkpoint: taken } = await checkpoint.acquire();
    await checkpoint.close();
    return taken;
  }

  async function moveTo(position: Position): Promise<void> {
    const checkpoint = open();
    const { epoch, checkpoint: from } = await checkpoint.acquire();
    await checkpoint.move({ epoch, from, to: position }, true);
    await checkpoint.close();
  }

  it('is away while another program holds the file, and moves once that lets go of it', async () => {
    const checkpoint = open();
    const { epoch, checkpoint: from } = await checkpoint.acquire();
    const other = new DatabaseSync(file);
    other.exec('BEGIN IMMEDIATE');
    const move = { epoch, from, to: at(12) };
    await expect(checkpoint.move(move, true)).rejects.toBeInstanceOf(TargetUnavailableError);
    await expect(checkpoint.acquire()).rejects.toBeInstanceOf(TargetUnavailableError);
    other.close();
    await checkpoint.move(move, true);
    await checkpoint.close();
    expect(await found()).toBe(at(12));
  });

  it('goes on in a file of an earlier release, which has noted no event', async () => {
    const earlier = new DatabaseSync(file);
    earlier.exec(`CREATE TABLE process_checkpoint (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        epoch INTEGER NOT NULL, position INTEGER NOT NULL, log_identity TEXT NOT NULL);
      INSERT INTO process_checkpoint VALUES (1, 4, 12, 'a')`);
    earlier.close();
    expect(await found()).toBe(at(12));
    expect(reasons).toEqual([]);
  });

  it.each([
    ['is no database any more', () => writeFileSync(file, 'rubbish'.repeat(1_000))],
    ['is cut in half', () => truncateSync(file, statSync(file).size / 2)],
  ])('is before the first event where its file %s, and says why', async (_, damage) => {
    await moveTo(at(12));
    damage();
    expect(await found()).toBe(at(0));
    expect(reasons).toEqual(['its file is damaged']);
    await moveTo(at(12));
    expect(await found()).toBe(at(12));
  });
});
