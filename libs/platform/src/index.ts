export { Environment, readEnvironment } from './configuration/environment.js';
export { HEALTH_INDICATORS, type HealthIndicator } from './health/health-indicator.js';
export { HealthController } from './health/health.controller.js';
export { createLogger, NestLogger } from './logging/logger.js';
export { METRICS_TOKEN, MetricsController } from './metrics/metrics.controller.js';
export { collectProcessMetrics } from './metrics/process-metrics.js';
