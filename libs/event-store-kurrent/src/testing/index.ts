export { appendUntilAppended } from './append-until-appended.js';
export type { AppendFault, Faults } from './faults.js';
export { LoopbackCluster } from './loopback-cluster.js';
export { LoopbackLog } from './loopback-log.js';
export { LoopbackServer, type LoopbackServerOptions, loopbackCertificate } from './loopback-server.js';
export {
  LoopbackStores,
  type ServerUnderTest,
  describeWithFaults,
  freshLog,
  realServer,
  startServerUnderTest,
} from './server-under-test.js';
export { singleStreamHistory } from './single-stream-histories.js';
