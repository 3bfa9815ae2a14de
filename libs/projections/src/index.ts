export { CheckpointSignal, type CheckpointSignalOptions } from './freshness/checkpoint-signal.js';
export type {
  DropResult,
  GenerationAdministration,
  GenerationStatus,
  RebuildRequest,
  ReturnRequest,
} from './generations/generation-administration.js';
export type {
  FlipResult,
  Generation,
  GenerationCatalogue,
  GenerationState,
  GenerationsToKeep,
} from './generations/generation-catalogue.js';
export { type Halt, haltOf, type HaltRecord, isOver } from './halts/halt.js';
export { haltOfJson, haltToJson } from './halts/halt-json.js';
export { HaltsInFolder } from './halts/halts-in-folder.js';
export { GenerationKeeper, type GenerationKeeperOptions } from './generations/generation-keeper.js';
export type { GenerationObserver } from './generations/generation-observer.js';
export { holdLease, type HoldLeaseOptions, type LeaseObserver } from './lease/hold-lease.js';
export type { Lease } from './lease/lease.js';
export { type EventPlace, placeOf, placeOfRecorded, placeOfText, placeToText } from './event-place.js';
export type { ProcessCheckpoint } from './process/process-checkpoint.js';
export {
  type CheckpointMove,
  EventNotAppliedError,
  type Ownership,
  OwnershipLostError,
  type ProjectionTarget,
  TargetUnavailableError,
} from './projection-target.js';
export { allBut } from './runner/all-but.js';
export { type BackOff, defaultBackOff, pause } from './runner/back-off.js';
export { ProjectionRunner, type ProjectionRunnerOptions } from './runner/projection-runner.js';
export {
  endsOwnership,
  type ProjectionFailure,
  type ProjectionObserver,
  type ProjectionState,
} from './runner/projection-state.js';
export type { ReadEvent } from './runner/read-batch.js';
export { type BuiltFrom, type BuiltUpTo, reasonNotToGoOn, reasonToStartOver, type SourceLog } from './source-log.js';
export { type EventCost, splitByCost } from './runner/split-by-cost.js';
export { unlessAway } from './unless-away.js';
export { withinTime } from './runner/within-time.js';
