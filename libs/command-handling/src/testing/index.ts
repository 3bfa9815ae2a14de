export { AcquaintedProcess } from './acquainted-process.js';
export { type AuditedDirectory, auditDirectory } from './audit-directory.js';
export { CrashPoint, crashKinds } from './crash-point.js';
export { FoldedMembership } from './folded-membership.js';
export { type Intercept, InterceptedStore, type PortCall } from './intercepted-store.js';
export {
  add,
  assign,
  assignMembers,
  command,
  directoryOn,
  idOf,
  nextUuid,
  remove,
  tenantId,
} from './sample-commands.js';
export {
  admins,
  directoryWithAdmins,
  directoryWithMia,
  emptyDirectory,
  logKinds,
  mia,
  tom,
} from './sample-directories.js';
export { exploreSchedules, type Scenario } from './explore-schedules.js';
export { type Answer, contentOf, ModelDirectory } from './model-directory.js';
export { sampleSchedule } from './sample-schedule.js';
export type { Actor, ScheduledRun } from './scheduled-run.js';
export { create, type NameRace, type RaceConditions, deprovision, rename, scenarioOf } from './name-race.js';
export { withoutAbandoning } from './without-abandoning.js';
