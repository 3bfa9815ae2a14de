/** A projector's view that begins empty each time, in a process of its own: `<log>`. */
import { KurrentEventStore } from '#event-store-kurrent';
import { TemporaryDatabase } from '#projections-postgres/testing';
import { takeTurns } from '../turns/take-turns.js';
import { buildView } from './build-view.js';

const [log] = process.argv.slice(2) as [string];
const store = await KurrentEventStore.open({ connectionString: log });

await takeTurns({}, async () => {
  const database = await TemporaryDatabase.create();
  try {
    return await buildView(store, database.url);
  } finally {
    await database.drop();
  }
});
await store.close();
