import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventStoreDBClient, NO_STREAM, WrongExpectedVersionError, jsonEvent } from '@eventstore/db-client';
import { beforeFirstPosition } from '#event-store';
import { aliceStream, allIds, appendTo, bobStream, givenStream, sampleEvents, takeEvents } from '#event-store/testing';
import { KurrentEventStore, type KurrentEventStoreOptions } from './kurrent-event-store.js';
import { type ServerUnderTest, freshLog, startServerUnderTest } from './testing/index.js';

/** What we rely on of a server, told to it by the client as it is shipped: the loopback server, or a real one. */
describe('the server', () => {
  let server: ServerUnderTest;
  let client: EventStoreDBClient;
  let log: KurrentEventStoreOptions;

  beforeEach(async () => {
    server = await startServerUnderTest();
    client = EventStoreDBClient.connectionString(server.connectionString);
    log = freshLog(server);
  });
  afterEach(async () => {
    await client.dispose();
    await server.stop();
  });

  const ids = Object.fromEntries(['a', 'b', 'c', 'd', 'x'].map((name) => [name, randomUUID()]));
  const events = (names: readonly string[]) =>
    names.map((name) => jsonEvent({ id: ids[name] as string, type: 'tried', data: { name } }));

  it.each([
    { expected: 2, write: ['d'], answer: 3 },
    { expected: 3, write: ['d'], answer: 'refused' },
    { expected: -1, write: ['a'], answer: 0 },
    { expected: -1, write: ['a', 'b', 'c'], answer: 2 },
    { expected: 0, write: ['b', 'c'], answer: 2 },
    { expected: 0, write: ['b', 'x'], answer: 'refused' },
    { expected: 1, write: ['c', 'd'], answer: 'refused' },
    { expected: 0, write: ['x'], answer: 'refused' },
    { expected: 2, write: ['a'], answer: 3 },
  ])('with a, b, c in a stream answers $answer to $write after $expected', async ({ expected, write, answer }) => {
    const stream = `${log.namespace}-rules`;
    await client.appendToStream(stream, events(['a', 'b', 'c']), { expectedRevision: NO_STREAM });
    const appending = client.appendToStream(stream, events(write), {
      expectedRevision: expected === -1 ? NO_STREAM : BigInt(expected),
    });
    if (answer === 'refused') {
      const refusal = await appending.catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(WrongExpectedVersionError);
      expect(refusal).toMatchObject({ actualVersion: 2n });
    } else {
      expect(await appending).toMatchObject({ success: true, nextExpectedRevision: BigInt(answer) });
    }
  });

  it('says of a conflict where the stream is, whatever the connection string says of failures', async () => {
    const { connectionString } = log;
    const more = `${connectionString.includes('?') ? '&' : '?'}throwOnAppendFailure=false`;
    const store = await KurrentEventStore.open({ ...log, connectionString: `${connectionString}${more}` });
    await givenStream(store, aliceStream, 2);
    const late = appendTo(aliceStream, 'no-stream', ...sampleEvents(2));
    expect(await store.append([late])).toMatchObject({ outcome: 'conflict', actual: 1 });
    const early = appendTo(bobStream, 4, ...sampleEvents(1));
    expect(await store.append([early])).toMatchObject({ outcome: 'conflict', actual: 'no-stream' });
    await store.close();
  });

  it('keeps streams of other programs out of the log, whatever they are called', async () => {
    const store = await KurrentEventStore.open(log);
    const others = [
      `meter${log.namespace}-1`,
      'scim.user-acme.alice',
      `${log.namespace}-1`,
      `${log.namespace}_scim-log2`,
    ];
    const following = takeEvents(store, beforeFirstPosition, 2);
    for (const stream of others) {
      const name = stream.startsWith('scim.') ? `other${log.namespace}_${stream}` : stream;
      await client.appendToStream(name, jsonEvent({ type: 'measured', data: {} }));
    }
    const written = (await givenStream(store, aliceStream, 2)).map((event) => event.id);
    expect(await allIds(store)).toEqual(written);
    expect((await following).map((event) => event.id)).toEqual(written);
    await store.close();
  });
});
