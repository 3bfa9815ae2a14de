export { type StoreFactory, type StoreUnderTest, eventStoreContract } from './event-store-contract.js';
export {
  aliceStream,
  allIds,
  appendTo,
  bobStream,
  claimStream,
  given,
  givenStream,
  idsOf,
  positionOf,
  sampleEvent,
  sampleEvents,
} from './sample-events.js';
export { takeEvents } from './take-events.js';
