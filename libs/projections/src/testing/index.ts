export { InMemoryTarget } from './in-memory-target.js';
export { type TargetUnderTest, projectionTargetContract } from './projection-target-contract.js';
