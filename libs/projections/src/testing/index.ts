export { type HaltRecordUnderTest, haltRecordContract } from './halt-record-contract.js';
export { InMemoryCatalogue } from './in-memory-catalogue.js';
export { InMemoryTarget } from './in-memory-target.js';
export { type LeaseUnderTest, leaseContract } from './lease-contract.js';
export { processCheckpointContract, type ProcessCheckpointUnderTest } from './process-checkpoint-contract.js';
export { RestorableLog } from './restorable-log.js';
export { sourceLog, sourceLogAt } from './source-log.js';
export { type TargetUnderTest, projectionTargetContract } from './projection-target-contract.js';
