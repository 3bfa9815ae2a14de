export { readEnvironment } from './configuration/read-environment.js';
export { readJsonFile } from './configuration/read-json-file.js';
export { IsPort, IsToken, Optional } from './configuration/rules.js';
export { ServerEnvironment } from './configuration/server-environment.js';
export type { HealthIndicator } from './health/health-indicator.js';
export { createLogger, NestLogger } from './logging/logger.js';
export { collectProcessMetrics } from './metrics/process-metrics.js';
export { operations } from './operations/operations.js';
export { refuseStart, valuesOrRefusal } from './startup/refuse-start.js';
