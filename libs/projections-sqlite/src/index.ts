export { addMissingColumn } from './missing-column.js';
export { conditionOf, type SqliteCondition } from './sqlite-condition.js';
export { SqliteProcessCheckpoint, type SqliteProcessCheckpointOptions } from './sqlite-process-checkpoint.js';
