import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWithKafka, KafkaCluster } from '#event-relay/testing';
import { DirectoryLoad } from '../support/directory-load.js';
import type { ScimClient } from '../support/scim-client.js';
import { expectAllKept } from './expect-all-kept.js';
import { expectAllPublished } from './expect-all-published.js';
import { Installation } from './installation.js';
import { MemoryWatch } from './memory-watch.js';

/** How long the broker is away. Ten minutes: `npm run test:outage`. */
const outageSeconds = Number(process.env['OUTAGE_SECONDS'] ?? 8);

/** Whether times and memory are looked at: beside other tests they say nothing about the product. */
const isMeasured = process.env['OUTAGE_SECONDS'] !== undefined;

/** Of all tenants together; Entra demands that 25 requests a second are borne. */
const writesPerSecond = 25;

/** Within which the relay publishes again after the broker has come back, however long it was away, milliseconds. */
const goesOnWithin = 30_000;

/** Nearly every write, and any at all on a machine with much else to do, milliseconds. */
const answersWithin = { p99: 2_000, max: 10_000 };

/** By how much a projector may grow in the second half of an outage, bytes: nothing gathers there. */
const growsAtMost = 64 * 2 ** 20;

describeWithKafka(
  'consumers of an installation whose broker is away for a while',
  () => {
    let cluster: KafkaCluster;
    let installation: Installation;
    let nodes: readonly ScimClient[];

    beforeAll(async () => {
      cluster = await KafkaCluster.start();
      installation = await Installation.start({ projectors: 2, kafkaBrokers: cluster.bootstrap });
      nodes = await installation.clients();
    });
    afterAll(async () => {
      await installation?.stop();
      await cluster?.stop();
    });

    /** How far a projection of the leader is. */
    const checkpoint = async (projection: string) => {
      const metric = `projection_checkpoint{projection="${projection}"}`;
      return (await (await installation.leader()).metric(metric, installation.adminToken)) ?? 0;
    };

    /** Until the relay has come so far. @returns for how long, milliseconds. */
    async function published(position: number): Promise<number> {
      const began = performance.now();
      await (await installation.leader()).until(async () => (await checkpoint('relay')) >= position);
      return performance.now() - began;
    }

    it(
      'lose nothing, those who write do not notice, and the relay goes on by itself',
      async () => {
        const load = await DirectoryLoad.start(nodes, writesPerSecond);
        await load.acknowledges(50);
        await published(await checkpoint('directory-view'));
        const leader = await installation.leader();
        await cluster.nodes[0]?.kill();
        const memory = await MemoryWatch.during(outageSeconds, leader, installation.adminToken);
        cluster.nodes[0]?.start();
        await cluster.untilReady();
        const [reached, head] = [await checkpoint('relay'), await checkpoint('directory-view')];
        const longestWhileAway = load.answerTimes.max;
        const goesOnAfter = await published(reached + 1);
        const catchesUpAfter = goesOnAfter + (await published(head));
        await load.acknowledges(50);
        await load.stop();

        const { events } = await expectAllKept(installation, load, nodes);
        const repeated = await expectAllPublished(installation, cluster.bootstrap);

        const { answers, answerTimes } = load;
        expect(reached).toBeLessThan(head);
        expect(Object.keys(answers).sort()).toEqual(['200', '201', '204']);
        expect(await installation.leader()).toBe(leader);
        if (!isMeasured) return;

        const [p50, p99] = [answerTimes.quantile(0.5), answerTimes.quantile(0.99)];
        const writes = { answers, p50, p99, longestWhileAway, longest: answerTimes.max };
        const { first, most, growth } = memory;
        const relay = { goesOnAfter, catchesUpAfter, events: events.length, repeated };
        const figures = { outageSeconds, writes, relay, memory: { first, most, growth } };
        process.stderr.write(`${JSON.stringify(figures, undefined, 2)}\n`);
        expect(p99).toBeLessThan(answersWithin.p99);
        expect(answerTimes.max).toBeLessThan(answersWithin.max);
        expect(goesOnAfter).toBeLessThan(goesOnWithin);
        expect(growth).toBeLessThan(growsAtMost);
      },
      (outageSeconds + 300) * 1_000,
    );
  },
  { ownBrokers: true },
);
