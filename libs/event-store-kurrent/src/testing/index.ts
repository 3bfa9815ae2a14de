export type { AppendFault, Faults } from './faults.js';
export { LoopbackLog } from './loopback-log.js';
export { LoopbackServer, type LoopbackServerOptions } from './loopback-server.js';
