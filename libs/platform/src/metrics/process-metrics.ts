import { collectDefaultMetrics } from 'prom-client';

/** Adds what every process can say of itself: event loop lag, memory, garbage collection, open handles. Call once. */
export function collectProcessMetrics(): void {
  collectDefaultMetrics();
}
