import { beforeEach, describe, expect, it } from '@jest/globals';
import { type EventStore, InMemoryEventStore, type Revision, type StreamAppend, type StreamName } from '#event-store';
import { given, sampleEvent } from '#event-store/testing';
import { RestorableLog } from '#projections/testing';
import { KnownLog } from './known-log.js';

const mia = 'scim.user-acme.mia' as StreamName;
const tom = 'scim.user-acme.tom' as StreamName;
const [first, second, third, other] = [sampleEvent(), sampleEvent(), sampleEvent(), sampleEvent()] as const;
const provisioned = { stream: mia, expected: 'no-stream', events: [first] } as const;
const changed = { stream: mia, expected: 0 as Revision, events: [second] };
const changedTwice = { stream: mia, expected: 0 as Revision, events: [second, third] };

async function logWith(...appends: readonly StreamAppend[]): Promise<InMemoryEventStore> {
  const log = new InMemoryEventStore();
  for (const append of appends) await given(log, append);
  return log;
}

describe('the log that a process knows', () => {
  let server: RestorableLog;
  let known: KnownLog;
  const lookTwice = async () => [await known.reasonToForget(), await known.reasonToForget()];

  beforeEach(async () => {
    server = new RestorableLog(await logWith(provisioned));
    known = new KnownLog(server);
  });

  it('is what it was while others write to it, and where nothing is known of it', async () => {
    expect(await lookTwice()).toEqual([undefined, undefined]);
    await known.append([changed]);
    await server.append([{ stream: mia, expected: 1 as Revision, events: [other] }]);
    expect(await lookTwice()).toEqual([undefined, undefined]);
  });

  it('is another one when the server was given a backup from before an event that was written', async () => {
    await known.append([changed]);
    server.restore(await logWith(provisioned));
    expect(await lookTwice()).toEqual([undefined, expect.stringMatching(/beyond the end of the log/)]);
  });

  it.each([
    ['written', () => known.append([changedTwice])],
    ['read', () => readOf(changedTwice, {})],
    ['read from the end', () => readOf(changedTwice, { direction: 'backwards', limit: 1 } as const)],
  ])('is another one when a backup has grown beyond an event that was %s', async (_, know) => {
    await know();
    const replaced = { stream: mia, expected: 0 as Revision, events: [second, other] };
    server.restore(
      await logWith(provisioned, replaced, { stream: tom, expected: 'no-stream', events: [sampleEvent()] }),
    );
    expect(await lookTwice()).toEqual([undefined, expect.stringContaining(third.id)]);
  });

  it.each([
    ['it was once said to end', () => known.head()],
    ['others had come', async () => known.hearOf(await server.head())],
  ])('is another one when it ends before where %s', async (_, hear) => {
    await server.append([changed]);
    await hear();
    server.restore(await logWith(provisioned));
    expect(await lookTwice()).toEqual([undefined, expect.stringMatching(/beyond the end of the log/)]);
  });

  it('is what it was when one look alone says otherwise', async () => {
    await known.append([changed]);
    const whole = server.current;
    server.restore(await logWith(provisioned));
    expect(await known.reasonToForget()).toBeUndefined();
    server.restore(whole);
    expect(await known.reasonToForget()).toBeUndefined();
    server.restore(await logWith(provisioned));
    expect(await known.reasonToForget()).toBeUndefined();
  });

  it('is known by its furthest event, whatever was read last', async () => {
    await known.append([changed]);
    await known.readStream(mia, { limit: 1 });
    await known.append([{ stream: tom, expected: 'no-stream', events: [] }]);
    server.restore(await logWith(provisioned, { ...changed, events: [other] }));
    expect(await lookTwice()).toEqual([undefined, expect.stringContaining(second.id)]);
  });

  async function readOf(append: StreamAppend, options: Parameters<EventStore['readStream']>[1]) {
    await server.append([append]);
    await known.readStream(mia, options);
  }
});
