import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { afterAll, expect, it } from '@jest/globals';
import { describeWithKafka } from '#event-relay/testing';
import { startTypeScript } from '#event-store-sqlite/testing';

describeWithKafka(
  'the benchmark of the distributed set-up',
  () => {
    let benchmark: ReturnType<typeof startTypeScript> | undefined;
    afterAll(() => void benchmark?.kill());

    it('measures everything it is to measure, and finds no stale answer', async () => {
      benchmark = startTypeScript(new URL('main.ts', import.meta.url), '--quick');
      const ended = once(benchmark, 'close');
      const printed = await text(benchmark.stdout);
      expect([await ended, printed]).toEqual([[0, null], printed]);
      const rows = printed.split('\n').filter((line) => line.startsWith('|'));
      // Two lines are the table's head. What is kept or broken when it is done so briefly, on a busy machine, says nothing.
      expect(rows).toHaveLength(2 + 7);
      expect(rows.find((row) => row.includes('stale answers'))).toMatch(
        /\| +0 answers \| +at most 0 answers \| +kept \|/,
      );
    }, 240_000);
  },
  { ownBrokers: true },
);
