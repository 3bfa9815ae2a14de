import { eventStoreContract } from '#event-store/testing';
import { KurrentEventStore } from './kurrent-event-store.js';
import { freshLog, startServerUnderTest } from './testing/index.js';

eventStoreContract('EventStoreDB', {
  capabilities: { atomicAcrossStreams: false, uniqueEventIds: false },
  create: async () => {
    const server = await startServerUnderTest();
    const log = freshLog(server);
    let store = await KurrentEventStore.open(log);
    return {
      store,
      reopen: async () => {
        await store.close();
        store = await KurrentEventStore.open(log);
        return store;
      },
      dispose: async () => {
        await store.close();
        await server.stop();
      },
    };
  },
});
