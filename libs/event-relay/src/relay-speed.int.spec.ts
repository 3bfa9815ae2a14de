import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startTypeScript } from '#event-store-sqlite/testing';
import { anyKafkaBrokers } from './testing/any-kafka-brokers.js';
import { describeWithKafka } from './testing/describe-with-kafka.js';
import type { KafkaBrokers } from './testing/kafka-brokers.js';
import type { RelayFigures } from './testing/measure-relay.js';

/** Set it to measure, e.g. to 200000, on a machine with nothing else to do; the figures are printed then. */
const measured = process.env['RELAY_SPEED_EVENTS'];

describeWithKafka('the speed of the relay', () => {
  let brokers: KafkaBrokers;
  beforeAll(async () => {
    brokers = await anyKafkaBrokers({ isMeasured: measured !== undefined });
  });
  afterAll(() => brokers?.stop());

  it('is told of catching up and of following live', async () => {
    const script = new URL('./testing/measure-relay.ts', import.meta.url);
    const measuring = startTypeScript(script, brokers.bootstrap, measured ?? '5000', measured ? '300' : '20');
    const ended = once(measuring, 'close');
    const output = await text(measuring.stdout);
    expect(await ended).toEqual([0, null]);
    if (measured) process.stderr.write(output);
    const figures = JSON.parse(output) as RelayFigures;
    // Whether it is fast enough is for a quiet machine to say; here it is that it can be measured.
    expect(figures.eventsPerSecond).toBeGreaterThan(0);
    expect(figures.liveMedianMs).toBeGreaterThan(0);
  });
});
