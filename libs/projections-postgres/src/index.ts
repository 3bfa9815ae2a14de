export { readDatabaseAddress } from './connection/database-address.js';
export { openPool, type PoolOptions } from './connection/open-pool.js';
export { conditionOf, type PostgresCondition } from './connection/postgres-condition.js';
export { PostgresHalts, readPostgresHalts } from './halts/postgres-halts.js';
export { storableJson, storableText } from './text/storable-text.js';
export type { Ask, CheckpointSource } from './freshness/checkpoint-source.js';
export {
  type CheckpointFeedObserver,
  type CheckpointFeedState,
  PostgresCheckpointFeed,
  type PostgresCheckpointFeedOptions,
} from './freshness/postgres-checkpoint-feed.js';
export { ProcessSource } from './freshness/process-source.js';
export { leaseTable, PostgresLease, type PostgresLeaseOptions } from './lease/postgres-lease.js';
export { readLease, type StoredLease } from './lease/read-lease.js';
export {
  PostgresProcessCheckpoint,
  type PostgresProcessCheckpointOptions,
} from './process/postgres-process-checkpoint.js';
