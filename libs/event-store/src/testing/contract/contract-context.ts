import type { EventStore, EventStoreCapabilities } from '../../event-store.js';

/** The store of the test that runs now. */
export interface ContractContext {
  readonly capabilities: EventStoreCapabilities;
  readonly store: EventStore;
  /** Closes the store and goes on with another over the same log. */
  reopen(): Promise<void>;
}
