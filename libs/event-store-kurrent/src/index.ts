export { ConnectionStringRefused } from './connection-settings.js';
export { KurrentEventStore, type KurrentEventStoreOptions } from './kurrent-event-store.js';
