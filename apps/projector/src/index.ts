export { concernsMembershipEnd } from './membership-end/concerns-membership-end.js';
export { MembershipEnd, type MembershipEndOptions } from './membership-end/membership-end.js';
export { observeLog } from './observe-log.js';
export { HALTS, type HostedProjection, ProjectionHost, PROJECTIONS, PROJECTOR_LOGGER } from './projection-host.js';
export { ProjectorModule } from './projector.module.js';
export { liftRelayHalt } from './relay/lift-relay-halt.js';
export { relayProjection, type RunnableRelay } from './relay/relay-projection.js';
