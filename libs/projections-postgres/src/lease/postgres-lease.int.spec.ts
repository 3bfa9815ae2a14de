import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { leaseContract } from '#projections/testing';
import { TemporaryDatabase } from '../testing/temporary-database.js';
import { PostgresLease } from './postgres-lease.js';
import { readLease } from './read-lease.js';

describe('PostgreSQL', () => {
  let database: TemporaryDatabase;
  beforeAll(async () => {
    database = await TemporaryDatabase.create();
  });
  afterAll(() => database.drop());

  let names = 0;
  const newName = () => `lease-${++names}`;
  const open = (name: string, lastsMs: number) => new PostgresLease({ url: database.url, name, lastsMs });

  leaseContract('a row', async () => {
    const opened: PostgresLease[] = [];
    const name = newName();
    return {
      holders: (count, lastsMs) => {
        const leases = Array.from({ length: count }, () => open(name, lastsMs));
        opened.push(...leases);
        return leases;
      },
      close: async () => {
        await Promise.all(opened.map((lease) => lease.close()));
      },
    };
  });

  it('lets a lease go on when the server was restarted', async () => {
    const lease = open(newName(), 60_000);
    expect(await lease.claim()).toBe(true);
    await database.endConnections('%lease%');
    expect(await lease.claim().catch(() => lease.claim())).toBe(true);
    await lease.close();
  });

  it('tells others who holds a lease, and since when', async () => {
    const name = newName();
    expect(await readLease(database.url, name)).toBeUndefined();
    const [first, second] = [open(name, 60_000), open(name, 60_000)];
    await first.claim();
    const taken = await readLease(database.url, name);
    expect(taken).toMatchObject({ isHeld: true, holder: expect.stringContaining(`process ${process.pid}`) });
    await first.claim();
    expect(await readLease(database.url, name)).toEqual(taken);
    await first.release();
    expect(await readLease(database.url, name)).toMatchObject({ isHeld: false });
    await second.claim();
    const next = await readLease(database.url, name);
    expect(next?.holder).not.toBe(taken?.holder);
    expect(next?.since).toBeGreaterThan(taken?.since as number);
    await Promise.all([first.close(), second.close()]);
  });

  it('goes on with a table that an earlier release has made', async () => {
    await database.execute('ALTER TABLE scim_projections.lease DROP COLUMN held_since');
    const name = newName();
    const columns = '(name, holder, renewals, expires_at)';
    await database.execute(`INSERT INTO scim_projections.lease ${columns} VALUES ($1, 'older', 1, 'infinity')`, [name]);
    expect(await readLease(database.url, name)).toEqual({ holder: 'older', since: undefined, isHeld: true });
    await database.execute(`UPDATE scim_projections.lease SET expires_at = '-infinity' WHERE name = $1`, [name]);
    const lease = open(name, 60_000);
    expect(await lease.claim()).toBe(true);
    expect((await readLease(database.url, name))?.since).toBeLessThanOrEqual(Date.now());
    await lease.close();
  });

  it('gives a lease on though the clock of the server was set back by a day', async () => {
    const name = newName();
    const [first, second] = [open(name, 200), open(name, 200)];
    await first.claim();
    await database.execute(
      `UPDATE scim_projections.lease SET expires_at = expires_at + INTERVAL '1 day' WHERE name = $1`,
      [name],
    );
    const began = performance.now();
    while (!(await second.claim())) expect(performance.now() - began).toBeLessThan(10_000);
    expect(performance.now() - began).toBeGreaterThan(200);
    await Promise.all([first.close(), second.close()]);
  });
});
