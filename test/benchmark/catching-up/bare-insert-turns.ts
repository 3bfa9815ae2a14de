/**
 * Inserts the rows of a log's view, ready beforehand, into empty tables with the same indexes, a batch a transaction: `<log>`.
 * What it leaves out is reading the log, deciding which rows there are, and changing those that are there.
 */
import pg from 'pg';
import { KurrentEventStore } from '#event-store-kurrent';
import { TemporaryDatabase } from '#projections-postgres/testing';
import { takeTurns } from '../turns/take-turns.js';
import { buildView } from './build-view.js';
import { batchesOf, emptyCopies, type RowBatch } from './bare-rows.js';

const [log] = process.argv.slice(2) as [string];
const store = await KurrentEventStore.open({ connectionString: log });
const database = await TemporaryDatabase.create();
await buildView(store, database.url);
await store.close();

const client = new pg.Client({ connectionString: database.url });
await client.connect();
const batches: readonly RowBatch[] = await batchesOf(client);

await takeTurns({}, async () => {
  await emptyCopies(client);
  const [began, cpu] = [performance.now(), process.threadCpuUsage()];
  for (const { statement, rows } of batches) await client.query(statement, [rows]);
  const seconds = (performance.now() - began) / 1_000;
  const { user, system } = process.threadCpuUsage(cpu);
  return { seconds, threadSeconds: (user + system) / 1e6 };
});
await client.end();
await database.drop();
