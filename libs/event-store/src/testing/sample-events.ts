import { randomUUID } from 'node:crypto';
import type { JsonObject } from '#kernel';
import type { AppendResult, EventRecord, EventStore, ExpectedRevision, StreamAppend } from '../event-store.js';
import { type Position, type Revision, type StreamName, beforeFirstPosition } from '../stream-name.js';

export const aliceStream = 'scim.user-acme.alice' as StreamName;
export const bobStream = 'scim.user-acme.bob' as StreamName;
export const claimStream = 'scim.name-acme.5f3c' as StreamName;

/** An event with a fresh id. */
export function sampleEvent(data: JsonObject = {}): EventRecord {
  return { id: randomUUID(), type: 'user.changed', data, metadata: { tenant: 'acme' } };
}

export function sampleEvents(count: number): readonly EventRecord[] {
  return Array.from({ length: count }, (_, index) => sampleEvent({ index }));
}

export function appendTo(
  stream: StreamName,
  expected: 'no-stream' | number,
  ...events: readonly EventRecord[]
): StreamAppend {
  return { stream, expected: expected as ExpectedRevision, events };
}

/** Appends that are part of the arrangement of a test and have to succeed. */
export async function given(store: EventStore, ...appends: readonly StreamAppend[]): Promise<Position> {
  return positionOf(await store.append(appends));
}

/** Writes `count` events to a stream that does not exist yet, one append each. */
export async function givenStream(
  store: EventStore,
  stream: StreamName,
  count: number,
): Promise<readonly EventRecord[]> {
  const events = sampleEvents(count);
  for (const [index, event] of events.entries()) {
    await given(store, appendTo(stream, index === 0 ? 'no-stream' : index - 1, event));
  }
  return events;
}

export function positionOf(result: AppendResult): Position {
  if (result.outcome !== 'appended') throw new Error(`Expected the append to succeed: ${JSON.stringify(result)}`);
  return result.position;
}

export async function idsOf(store: EventStore, stream: StreamName): Promise<readonly string[]> {
  return (await store.readStream(stream)).map((event) => event.id);
}

export async function allIds(store: EventStore): Promise<readonly string[]> {
  return (await store.readAll(beforeFirstPosition, 10_000)).map((event) => event.id);
}

export const revision = (value: number) => value as Revision;
