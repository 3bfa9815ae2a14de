export { columnTypes, IntegerTooLargeError } from './connection/column-types.js';
export { DatabaseAddressError, describeDatabase } from './connection/database-address.js';
export { openPool, type PoolOptions } from './connection/open-pool.js';
export { conditionOf, isConnectionLoss, type PostgresCondition } from './connection/postgres-condition.js';
export { originalText, storableJson, storableText } from './text/storable-text.js';
