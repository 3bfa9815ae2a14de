export { readEnvironment } from './configuration/read-environment.js';
export { readJsonFile } from './configuration/read-json-file.js';
export {
  IsDatabaseUrl,
  IsEventStoreUrl,
  IsFileName,
  IsNamespace,
  IsPort,
  IsToken,
  Optional,
} from './configuration/rules.js';
export { ServerEnvironment } from './configuration/server-environment.js';
export { HEALTH_INDICATORS, type HealthIndicator } from './health/health-indicator.js';
export { HealthController } from './health/health.controller.js';
export { createLogger, NestLogger } from './logging/logger.js';
export { METRICS_TOKEN, MetricsController } from './metrics/metrics.controller.js';
export { collectProcessMetrics } from './metrics/process-metrics.js';
export { Draining } from './shutdown/draining.js';
export { refuseStart, valuesOrRefusal } from './startup/refuse-start.js';
