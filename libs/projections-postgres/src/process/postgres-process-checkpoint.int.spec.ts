import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Position } from '#event-store';
import { OwnershipLostError, type SourceLog, TargetUnavailableError } from '#projections';
import { TemporaryDatabase } from '../testing/temporary-database.js';
import { PostgresProcessCheckpoint } from './postgres-process-checkpoint.js';

const at = (position: number) => BigInt(position) as Position;
const log: SourceLog = { identity: 'a', head: async () => at(20_000) };

describe('the checkpoint of a process in PostgreSQL', () => {
  let database: TemporaryDatabase;
  let name: string;
  let reasons: string[];
  let processes = 0;

  beforeAll(async () => {
    database = await TemporaryDatabase.create();
  });
  afterAll(() => database.drop());
  beforeEach(() => {
    name = `process_${++processes}`;
    reasons = [];
  });

  const open = (source = log) =>
    new PostgresProcessCheckpoint({
      url: database.url,
      name,
      log: source,
      discarded: (reason) => reasons.push(reason),
    });

  async function found(source = log): Promise<Position> {
    const checkpoint = open(source);
    const { checkpoint: position } = await checkpoint.acquire();
    await checkpoint.close();
    return position;
  }

  async function moveTo(position: Position): Promise<void> {
    const checkpoint = open();
    const { epoch, checkpoint: from } = await checkpoint.acquire();
    await checkpoint.move({ epoch, from, to: position });
    await checkpoint.close();
  }

  it('is before the first event to begin with, and then where it was left', async () => {
    expect(await found()).toBe(at(0));
    await moveTo(at(12));
    expect(await found()).toBe(at(12));
    expect(reasons).toEqual([]);
  });

  it('is not moved by an owner that was overtaken', async () => {
    const [first, second] = [open(), open()];
    const { epoch, checkpoint: from } = await first.acquire();
    await second.acquire();
    await expect(first.move({ epoch, from, to: at(3) })).rejects.toBeInstanceOf(OwnershipLostError);
    await Promise.all([first.close(), second.close()]);
    expect(await found()).toBe(at(0));
  });

  it('is not moved from where it does not stand, but may be moved again to where it does', async () => {
    const checkpoint = open();
    const { epoch, checkpoint: from } = await checkpoint.acquire();
    await checkpoint.move({ epoch, from, to: at(3) });
    await checkpoint.move({ epoch, from, to: at(3) });
    await expect(checkpoint.move({ epoch, from, to: at(5) })).rejects.toBeInstanceOf(OwnershipLostError);
    await checkpoint.close();
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

  it('moves once the server can be reached again', async () => {
    const checkpoint = open();
    const { epoch, checkpoint: from } = await checkpoint.acquire();
    await database.endConnections(`%${name}`);
    const move = { epoch, from, to: at(4) };
    const attempt = await checkpoint.move(move).catch((error: unknown) => error);
    if (attempt !== undefined) {
      expect(attempt).toBeInstanceOf(TargetUnavailableError);
      await checkpoint.move(move);
    }
    await checkpoint.close();
    expect(await found()).toBe(at(4));
  });

  it('starts over where an operator has dropped the table', async () => {
    const checkpoint = open();
    await checkpoint.acquire();
    await database.execute('DROP TABLE scim_projections.process_checkpoint');
    await expect(checkpoint.acquire()).rejects.toBeInstanceOf(TargetUnavailableError);
    expect((await checkpoint.acquire()).checkpoint).toBe(at(0));
    await checkpoint.close();
  });
});
