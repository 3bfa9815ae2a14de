export type { CommitStatistics } from './group-commit.js';
export { type LogFileRefusal, LogFileRefused } from './log-file-refused.js';
export { SqliteLogReader } from './sqlite-log-reader.js';
export { SqliteEventStore, type SqliteEventStoreOptions } from './sqlite-event-store.js';
