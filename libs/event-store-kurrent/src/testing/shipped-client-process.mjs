/**
 * A process that appends with the client as it is shipped, over two connections of which the second breaks off before the
 * first is answered. It says what became of both and then waits for its standard input to end.
 *
 *   node shipped-client-process.mjs <connection string> <connection string of a server that cuts the connection>
 */
import { once } from 'node:events';
import process from 'node:process';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';

const [held, cut] = process.argv.slice(2).map((url) => EventStoreDBClient.connectionString(url));
const append = (client) =>
  client.appendToStream('stream-1', jsonEvent({ type: 'tried', data: {} }), { expectedRevision: 'no_stream' }).then(
    () => 'appended',
    (error) => error.type,
  );

const first = append(held);
await once(process.stdin, 'data');
process.stdout.write(`cut: ${await append(cut)}, held: ${await first}\n`);
await once(process.stdin, 'end');
process.stdout.write('still running\n');
process.exit(0);
