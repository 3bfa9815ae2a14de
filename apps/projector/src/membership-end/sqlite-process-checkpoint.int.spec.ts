import { mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Position } from '#event-store';
import type { SourceLog } from '#projections';
import { SqliteProcessCheckpoint } from './sqlite-process-checkpoint.js';

const at = (position: number) => BigInt(position) as Position;
const log: SourceLog = { identity: 'a', head: async () => at(20_000) };

describe('the checkpoint of a process', () => {
  let folder: string;
  let file: string;
  let reasons: string[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'process-checkpoint-'));
    file = join(folder, 'process.sqlite');
    reasons = [];
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const open = (source = log) =>
    new SqliteProcessCheckpoint({ file, log: source, discarded: (reason) => reasons.push(reason) });

  /** What an owner finds that opens the file and takes over. */
  async function found(source = log): Promise<Position> {
    const checkpoint = open(source);
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

  it('is where it was left', async () => {
    await moveTo(at(12));
    expect(await found()).toBe(at(12));
    expect(reasons).toEqual([]);
  });

  it('moves once its file can be written again', async () => {
    const checkpoint = open();
    const { epoch, checkpoint: from } = await checkpoint.acquire();
    const other = new DatabaseSync(file);
    other.exec('BEGIN IMMEDIATE');
    await expect(checkpoint.move({ epoch, from, to: at(12) }, true)).rejects.toThrow('locked');
    other.close();
    await checkpoint.move({ epoch, from, to: at(12) }, true);
    await checkpoint.close();
    expect(await found()).toBe(at(12));
  });

  it.each([
    [
      'an older copy of the log',
      { ...log, head: async () => at(11) },
      'it is at position 12, beyond the end of the log at 11',
    ],
    ['another log', { ...log, identity: 'b' }, 'it was built from another log'],
  ])('is before the first event for %s, and says why', async (_, other, reason) => {
    await moveTo(at(12));
    expect(await found(other)).toBe(at(0));
    expect(await found(other)).toBe(at(0));
    expect(reasons).toEqual([reason]);
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
