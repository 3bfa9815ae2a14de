import { expect, it } from '@jest/globals';
import { pino } from 'pino';
import { register } from 'prom-client';
import type { Position } from '#event-store';
import { forgetRelay, observeRelay } from './observe-relay.js';

const shown = async (name: string) => (await register.getSingleMetric(name)?.get())?.values[0]?.value;

it('a process that publishes no more says nothing of keys that are parked, nor of how late it was', async () => {
  const observer = observeRelay(pino({ level: 'silent' }));
  observer.parkedKeys?.(3);
  const batch = { events: 1, messages: 2, checkpoint: 7n as Position, milliseconds: 1 };
  observer.published?.({ ...batch, lastOccurredAt: Date.now() - 60_000 });
  expect(await shown('relay_parked_keys')).toBe(3);
  expect(await shown('relay_delay_seconds')).toBeGreaterThanOrEqual(60);
  forgetRelay();
  expect(await shown('relay_parked_keys')).toBe(0);
  expect(await shown('relay_delay_seconds')).toBe(0);
});
