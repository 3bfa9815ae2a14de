import { describe, expect, it } from '@jest/globals';
import { absentUser, evolveUser, type UserEvent, type UserState } from '#directory-domain';
import { eventCodec, userStream } from '#event-catalog';
import { InMemoryEventStore, type Revision, type StreamName } from '#event-store';
import { given } from '#event-store/testing';
import { AggregateLoader } from './aggregate-loader.js';
import { commandAppend } from './command-append.js';
import { command, idOf, InterceptedStore, tenantId } from './testing/index.js';

const mia = userStream(tenantId, idOf('mia'));
const tom = userStream(tenantId, idOf('tom'));
const zoe = userStream(tenantId, idOf('zoe'));
const provisioned: UserEvent = {
  type: 'UserProvisioned',
  data: { userId: idOf('mia'), attributes: { userName: 'mia' }, nameClaim: { key: 'k', claimId: 'c' } },
};
const deactivated: UserEvent = { type: 'UserDeactivated', data: { userId: idOf('mia') } };

function loaderOf(capacity: number) {
  const store = new InMemoryEventStore();
  const eventsRead: number[] = [];
  const counted = new InterceptedStore(store, async (_call, perform) => {
    const events = await perform();
    eventsRead.push((events as readonly unknown[]).length);
    return events;
  });
  const fold = { initial: absentUser, evolve: evolveUser };
  const loader = new AggregateLoader<UserState, UserEvent>(counted, eventCodec, fold, capacity);
  return { store, loader, eventsRead };
}

const append = (stream: StreamName, revision: 'no-stream' | number, ...events: UserEvent[]) =>
  commandAppend(eventCodec, command(), { stream, revision: revision as Revision }, events);

describe('AggregateLoader', () => {
  it('loads a stream that does not exist as empty', async () => {
    const { loader } = loaderOf(2);
    expect(await loader.load(mia)).toEqual({ state: absentUser, revision: 'no-stream' });
  });

  it('folds a stream to its end', async () => {
    const { store, loader } = loaderOf(2);
    await given(store, append(mia, 'no-stream', provisioned, deactivated));
    expect(await loader.load(mia)).toMatchObject({ state: { status: 'provisioned', enabled: false }, revision: 1 });
  });

  it('reads only what was appended since the last look, and misses none of it', async () => {
    const { store, loader, eventsRead } = loaderOf(2);
    await given(store, append(mia, 'no-stream', provisioned));
    await loader.load(mia);
    await given(store, append(mia, 0, deactivated));
    expect(await loader.load(mia)).toMatchObject({ state: { enabled: false }, revision: 1 });
    await loader.load(mia);
    expect(eventsRead).toEqual([1, 1, 0]);
  });

  it('knows without reading what a stream is after events that were just appended', async () => {
    const { store, loader, eventsRead } = loaderOf(2);
    await given(store, append(mia, 'no-stream', provisioned));
    const after = loader.advance(mia, loader.empty, [provisioned], command().occurredAt);
    expect(after.revision).toBe(0);
    expect(await loader.load(mia)).toEqual(after);
    expect(eventsRead).toEqual([0]);
  });

  it('forgets the stream that has not changed for longest', async () => {
    const { store, loader, eventsRead } = loaderOf(2);
    await given(store, ...[mia, tom, zoe].map((stream) => append(stream, 'no-stream', provisioned)));
    for (const stream of [mia, tom, zoe, tom, zoe, mia]) await loader.load(stream);
    expect(eventsRead).toEqual([1, 1, 1, 0, 0, 1]);
  });
});
