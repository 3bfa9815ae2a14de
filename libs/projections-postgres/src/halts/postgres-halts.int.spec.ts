import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { haltRecordContract } from '#projections/testing';
import { TemporaryDatabase } from '../testing/temporary-database.js';
import { PostgresHalts, readPostgresHalts } from './postgres-halts.js';

haltRecordContract('a table', async () => {
  const database = await TemporaryDatabase.create();
  const opened: PostgresHalts[] = [];
  return {
    open: () => {
      const halts = new PostgresHalts(database.url);
      opened.push(halts);
      return halts;
    },
    remove: async () => {
      await Promise.all(opened.map((halts) => halts.close()));
      await database.drop();
    },
  };
});

describe('halts in a database, to those who run no projections', () => {
  let database: TemporaryDatabase;
  beforeAll(async () => {
    database = await TemporaryDatabase.create();
  });
  afterAll(() => database.drop());

  it('are none where nobody has written any down, and nothing is made', async () => {
    expect(await readPostgresHalts(database.url)).toEqual([]);
    const schemas = await database.execute(`SELECT 1 FROM pg_namespace AS n WHERE n.nspname = 'scim_projections'`);
    expect(schemas).toEqual([]);
  });

  it('are told with whatever a reason may hold', async () => {
    const halts = new PostgresHalts(database.url);
    const halt = { projection: 'relay', kind: 'target' as const, reason: 'odd: \0 \u001a \ud800', since: 1 };
    await halts.note(halt);
    expect(await readPostgresHalts(database.url)).toEqual([halt]);
    await halts.close();
  });
});
