import type { FactoryProvider, ModuleMetadata } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { HEALTH_INDICATORS, type HealthIndicator } from '../health/health-indicator.js';
import { HealthController } from '../health/health.controller.js';
import { METRICS_TOKEN, MetricsController } from '../metrics/metrics.controller.js';
import { Draining } from '../shutdown/draining.js';

export interface OperationsOptions<Injected extends readonly unknown[]> {
  /** Whom `/health/ready` asks, besides whether the process is about to end. */
  readonly indicators: (...injected: Injected) => readonly HealthIndicator[];
  /** What `indicators` is given. */
  readonly inject?: NonNullable<FactoryProvider['inject']>;
  /** Reading metrics takes this token, if there is one. */
  readonly metricsToken: string | undefined;
}

/**
 * What operators have of every process that listens: health, metrics, and that it drains before it ends. It belongs to the
 * process's own module, of whose providers the indicators may be.
 */
export function operations<Injected extends readonly unknown[]>({
  indicators,
  inject = [],
  metricsToken,
}: OperationsOptions<Injected>): Required<Pick<ModuleMetadata, 'controllers' | 'providers'>> {
  return {
    controllers: [HealthController, MetricsController],
    providers: [
      { provide: Draining, useFactory: (host: HttpAdapterHost) => new Draining(host), inject: [HttpAdapterHost] },
      {
        provide: HEALTH_INDICATORS,
        useFactory: (draining: Draining, ...injected: Injected) => [draining, ...indicators(...injected)],
        inject: [Draining, ...inject],
      },
      { provide: METRICS_TOKEN, useValue: metricsToken },
    ],
  };
}
