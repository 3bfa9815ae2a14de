import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventStore, EventStoreCapabilities } from '../event-store.js';
import type { ContractContext } from './contract/contract-context.js';
import { atomicAppendContract } from './contract/atomic-append.contract.js';
import { closingContract } from './contract/closing.contract.js';
import { concurrentAppendContract } from './contract/concurrent-append.contract.js';
import { eventIdContract } from './contract/event-id.contract.js';
import { expectedRevisionContract } from './contract/expected-revision.contract.js';
import { fidelityContract } from './contract/fidelity.contract.js';
import { liveSubscriptionContract } from './contract/live-subscription.contract.js';
import { passingByContract } from './contract/passing-by.contract.js';
import { readingContract } from './contract/reading.contract.js';
import { repeatedAppendContract } from './contract/repeated-append.contract.js';
import { subscriptionContract } from './contract/subscription.contract.js';

/** One log, empty at first, and the store over it. */
export interface StoreUnderTest {
  readonly store: EventStore;
  /** Closes the store and opens another over the same log. A log that does not outlive its store answers the same one. */
  reopen(): Promise<EventStore>;
  /** Closes what is open, twice if the test closed it already, and leaves nothing behind. */
  dispose(): Promise<void>;
}

export interface StoreFactory {
  /** What the store has to say of itself; tests of what it cannot do are left out. */
  readonly capabilities: EventStoreCapabilities;
  create(): Promise<StoreUnderTest>;
}

/** What every implementation of `EventStore` has to pass. Call it at the top level of a spec. */
export function eventStoreContract(name: string, factory: StoreFactory): void {
  describe(`${name} as an event store`, () => {
    let subject: StoreUnderTest;
    let store: EventStore;
    const context: ContractContext = {
      capabilities: factory.capabilities,
      get store() {
        return store;
      },
      async reopen() {
        store = await subject.reopen();
      },
    };

    beforeEach(async () => {
      subject = await factory.create();
      store = subject.store;
    });
    afterEach(() => subject.dispose());

    it('says what it is capable of', () => {
      expect(store.capabilities).toEqual(factory.capabilities);
    });

    expectedRevisionContract(context);
    atomicAppendContract(context);
    repeatedAppendContract(context);
    eventIdContract(context);
    concurrentAppendContract(context);
    readingContract(context);
    fidelityContract(context);
    subscriptionContract(context);
    liveSubscriptionContract(context);
    passingByContract(context);
    closingContract(context);
  });
}
