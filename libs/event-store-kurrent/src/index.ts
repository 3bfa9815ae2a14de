export { KurrentEventStore, type KurrentEventStoreOptions } from './kurrent-event-store.js';
export { readEventStoreSettings } from './read-event-store-settings.js';
