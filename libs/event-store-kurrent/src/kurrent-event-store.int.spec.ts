import { randomUUID } from 'node:crypto';
import { eventStoreContract } from '#event-store/testing';
import { KurrentEventStore } from './kurrent-event-store.js';
import { LoopbackServer } from './testing/index.js';

eventStoreContract('EventStoreDB', {
  capabilities: { atomicAcrossStreams: false, uniqueEventIds: false },
  create: async () => {
    const server = await LoopbackServer.start();
    const options = {
      connectionString: server.connectionString(),
      namespace: `test${randomUUID().replaceAll('-', '')}`,
    };
    let store = await KurrentEventStore.open(options);
    return {
      store,
      reopen: async () => {
        await store.close();
        store = await KurrentEventStore.open(options);
        return store;
      },
      dispose: async () => {
        await store.close();
        await server.stop();
      },
    };
  },
});
