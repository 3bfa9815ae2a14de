import { describe, expect, it } from '@jest/globals';
import { type EventStore, EventStoreUnavailable } from '../../event-store.js';
import { beforeFirstPosition } from '../../stream-name.js';
import { aliceStream, appendTo, givenStream, sampleEvent } from '../sample-events.js';
import { takeEvents } from '../take-events.js';
import type { ContractContext } from './contract-context.js';

const operations: Readonly<Record<string, (store: EventStore) => Promise<unknown>>> = {
  append: (store) => store.append([appendTo(aliceStream, 'no-stream', sampleEvent())]),
  'append without events': (store) => store.append([appendTo(aliceStream, 'no-stream')]),
  readStream: (store) => store.readStream(aliceStream),
  readAll: (store) => store.readAll(beforeFirstPosition, 1),
  subscribeAll: (store) => takeEvents(store, beforeFirstPosition, 1),
  head: (store) => store.head(),
};

export function closingContract(context: ContractContext): void {
  describe('closing', () => {
    it.each(Object.keys(operations))('makes %s fail as unavailable', async (name) => {
      await givenStream(context.store, aliceStream, 1);
      await context.store.close();
      await expect(async () => operations[name]?.(context.store)).rejects.toThrow(EventStoreUnavailable);
    });

    it('may be done twice', async () => {
      await context.store.close();
      await expect(context.store.close()).resolves.toBeUndefined();
    });

    it('answers the appends that were handed over before', async () => {
      const appending = context.store.append([appendTo(aliceStream, 'no-stream', sampleEvent())]);
      await Promise.all([context.store.close(), expect(appending).resolves.toMatchObject({ outcome: 'appended' })]);
    });

    it('makes a subscription that waits fail as unavailable', async () => {
      const waiting = expect(takeEvents(context.store, beforeFirstPosition, 1)).rejects.toThrow(EventStoreUnavailable);
      await context.store.head();
      await context.store.close();
      await waiting;
    });
  });
}
