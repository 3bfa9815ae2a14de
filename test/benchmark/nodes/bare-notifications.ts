import { once } from 'node:events';
import pg from 'pg';
import { TemporaryDatabase } from '#projections-postgres/testing';

/**
 * What PostgreSQL alone takes of a wait for the view: a row is changed and announced in one transaction, on one connection, until
 * another one hears of it, milliseconds. One at a time.
 */
export async function bareNotifications(count: number): Promise<readonly number[]> {
  await using resources = new AsyncDisposableStack();
  const database = await TemporaryDatabase.create();
  resources.defer(() => database.drop());
  const connected = async () => {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    resources.defer(() => client.end());
    return client;
  };
  const [writer, listener] = [await connected(), await connected()];
  await writer.query('CREATE TABLE checkpoint (position BIGINT NOT NULL); INSERT INTO checkpoint VALUES (0)');
  await listener.query('LISTEN moved');
  const delays: number[] = [];
  for (let move = 1; move <= count; move++) {
    const heard = once(listener, 'notification');
    const began = performance.now();
    await writer.query(`BEGIN; UPDATE checkpoint SET position = ${move}; NOTIFY moved; COMMIT`);
    await heard;
    delays.push(performance.now() - began);
  }
  return delays;
}
