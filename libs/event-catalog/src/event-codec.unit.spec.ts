import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '#kernel';
import type { Position, RecordedEvent, Revision, StreamName } from '#event-store';
import { EventCodec, eventCodec, UnreadableEventError } from './event-codec.js';
import { eventTypes } from './event-types.js';

const golden = fileURLToPath(new URL('../golden/', import.meta.url));
const read = (file: string) => readFileSync(`${golden}${file}`, 'utf8');
const samples = readdirSync(golden).filter((file) => file !== 'golden.lock.json');
const lock = JSON.parse(read('golden.lock.json')) as Record<string, string>;

interface Sample {
  readonly stored: Pick<RecordedEvent, 'type' | 'data' | 'metadata'>;
  readonly reads: JsonObject;
}

function recorded(stored: Sample['stored']): RecordedEvent {
  return {
    id: 'e-1',
    stream: 's' as StreamName,
    revision: 0 as Revision,
    position: 1n as Position,
    recordedAt: 1,
    ...stored,
  };
}

describe('the golden samples of stored events', () => {
  it('exist for every version of every type ever written', () => {
    const expected = Object.values(eventTypes).flatMap(({ storedAs, version }) =>
      Array.from({ length: version }, (_, index) => `${storedAs}.v${index + 1}.json`),
    );
    expect([...samples].sort()).toEqual(expected.sort());
  });

  it.each(samples)('%s has not been edited since it was released', (file) => {
    expect(createHash('sha256').update(read(file)).digest('hex')).toBe(lock[file]);
  });

  it.each(samples)('%s reads as what it means today', (file) => {
    const sample = JSON.parse(read(file)) as Sample;
    const envelope = eventCodec.decode(recorded(sample.stored));
    expect(envelope.event.data).toEqual(sample.reads);
    expect(envelope.metadata).toEqual({
      tenantId: 'acme',
      actor: 'credential:entra',
      requestId: 'req-1',
      correlationId: 'req-1',
      causationId: 'req-1',
      commandId: '0198c0de-0000-7000-8000-0000000000ff',
      occurredAt: Date.parse('2026-11-21T10:00:00.000Z'),
    });
  });

  it.each(samples)('%s is what would be written today, where its version is the current one', (file) => {
    const sample = JSON.parse(read(file)) as Sample;
    const type = Object.values(eventTypes).find(({ storedAs }) => storedAs === sample.stored.type);
    const envelope = eventCodec.decode(recorded(sample.stored));
    const written = eventCodec.encode('e-1', envelope.event, envelope.metadata);
    expect(written.metadata['schemaVersion']).toBe(String(type?.version));
    if (sample.stored.metadata['schemaVersion'] !== String(type?.version)) return;
    expect(written).toEqual({ id: 'e-1', ...sample.stored });
  });
});

describe('reading stored events', () => {
  const sample = (JSON.parse(read('user.deactivated.v1.json')) as Sample).stored;

  it('brings an old version up to date step by step', () => {
    const codec = new EventCodec({
      UserDeactivated: {
        storedAs: 'user.deactivated',
        version: 3,
        upcasters: [(data) => ({ ...data, second: 2 }), (data) => ({ ...data, third: Number(data['second']) + 1 })],
      },
    });
    expect(codec.decode(recorded(sample)).event.data).toMatchObject({ second: 2, third: 3 });
  });

  it.each([
    ['a type nobody knows', { ...sample, type: 'user.teleported' }, 'the type is not known'],
    [
      'a version from the future',
      { ...sample, metadata: { ...sample.metadata, schemaVersion: '2' } },
      'known are 1 to 1',
    ],
    ['no version', { ...sample, metadata: {} }, 'schema version'],
    ['a lost actor', { ...sample, metadata: { ...sample.metadata, actor: undefined as never } }, 'lacks actor'],
  ])('stops at %s and names the event', (_, stored, reason) => {
    const decode = () => eventCodec.decode(recorded(stored));
    expect(decode).toThrow(UnreadableEventError);
    expect(decode).toThrow(new RegExp(`Event e-1 of type ${stored.type} .*${reason}`));
  });

  it('keeps the tenant with the fact', () => {
    expect(eventCodec.decode(recorded(sample)).metadata.tenantId).toBe('acme');
  });
});
