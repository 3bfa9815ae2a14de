import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Position } from '#event-store';
import { TargetUnavailableError } from '#projections';
import { processCheckpointContract, sourceLogAt } from '#projections/testing';
import { TemporaryDatabase } from '../testing/temporary-database.js';
import { PostgresProcessCheckpoint } from './postgres-process-checkpoint.js';

const at = (position: number) => BigInt(position) as Position;
const log = sourceLogAt('a', at(20_000));

let database: TemporaryDatabase;
let processes = 0;

beforeAll(async () => {
  database = await TemporaryDatabase.create();
});
afterAll(() => database.drop());

processCheckpointContract('a row in PostgreSQL', async () => {
  const name = `process_${++processes}`;
  return {
    open: (source, discarded) => new PostgresProcessCheckpoint({ url: database.url, name, log: source, discarded }),
    remove: async () => undefined,
  };
});

describe('the checkpoint of a process in PostgreSQL', () => {
  let name: string;
  beforeEach(() => {
    name = `process_${++processes}`;
  });

  const open = () => new PostgresProcessCheckpoint({ url: database.url, name, log });

  async function found(): Promise<Position> {
    const checkpoint = open();
    const { checkpoint: position } = await checkpoint.acquire();
    await checkpoint.close();
    return position;
  }

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

  it('goes on in a table of an earlier release, which has noted no event', async () => {
    const other = await TemporaryDatabase.create();
    await other.execute(`CREATE SCHEMA scim_projections;
      CREATE TABLE scim_projections.process_checkpoint (
        name TEXT PRIMARY KEY, epoch BIGINT NOT NULL, position BIGINT NOT NULL, log_identity TEXT NOT NULL);
      INSERT INTO scim_projections.process_checkpoint VALUES ('${name}', 4, 12, 'a')`);
    const checkpoint = new PostgresProcessCheckpoint({ url: other.url, name, log });
    expect((await checkpoint.acquire()).checkpoint).toBe(at(12));
    await checkpoint.close();
    await other.drop();
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
