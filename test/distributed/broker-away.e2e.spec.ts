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

/** Of all tenants together; Entra demands that 25 requests a second are borne. */
const writesPerSecond = 25;

/** Within which the relay publishes again after the broker has come back, however long it was away, milliseconds. */
const goesOnWithin = 30_000;

/** A write that waits for nothing; what a busy machine adds to it included, milliseconds. */
const answersWithin = 4_000;

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
        const goesOnAfter = await published(reached + 1);
        const catchesUpAfter = goesOnAfter + (await published(head));
        await load.acknowledges(50);
        await load.stop();

        expect(reached).toBeLessThan(head);
        expect(Object.keys(load.answers).sort()).toEqual(['200', '201', '204']);
        expect(load.longestAnswer).toBeLessThan(answersWithin);
        expect(goesOnAfter).toBeLessThan(goesOnWithin);
        expect(await installation.leader()).toBe(leader);
        expect(memory.growth).toBeLessThan(growsAtMost);
        const { events } = await expectAllKept(installation, load, nodes);
        const repeated = await expectAllPublished(installation, cluster.bootstrap);
        if (!process.env['OUTAGE_SECONDS']) return;
        const { answers, longestAnswer } = load;
        const { first, most, growth } = memory;
        const figures = { outageSeconds, answers, longestAnswer, goesOnAfter, catchesUpAfter, events: events.length };
        process.stderr.write(`${JSON.stringify({ ...figures, repeated, memory: { first, most, growth } })}\n`);
      },
      (outageSeconds + 300) * 1_000,
    );
  },
  { ownBrokers: true },
);
