import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  auditDirectory,
  create,
  deprovision,
  exploreSchedules,
  logKinds,
  type NameRace,
  rename,
  sampleSchedule,
  scenarioOf,
  withoutAbandoning,
} from '../testing/index.js';

const twoCreations: NameRace = { title: 'two creations', given: [], racing: [create('a'), create('b')] };

const pairs: readonly NameRace[] = [
  twoCreations,
  { title: 'a creation and a rename', given: [create('b', 'y')], racing: [create('a'), rename('b')] },
  { title: 'two renames', given: [create('a', 'y'), create('b', 'z')], racing: [rename('a'), rename('b')] },
  { title: 'a deletion and a creation', given: [create('a')], racing: [deprovision('a'), create('b')] },
  { title: 'a deletion and a rename', given: [create('a'), create('b', 'y')], racing: [deprovision('a'), rename('b')] },
  { title: 'a rename away and a creation', given: [create('a')], racing: [rename('a', 'y'), create('b')] },
  {
    title: 'a rename away and a rename',
    given: [create('a'), create('b', 'z')],
    racing: [rename('a', 'y'), rename('b')],
  },
  { title: 'an exchange of names', given: [create('a'), create('b', 'y')], racing: [rename('a', 'y'), rename('b')] },
  { title: 'one rename in two processes', given: [create('a', 'y')], racing: [rename('a'), rename('a')] },
  { title: 'one user renamed apart', given: [create('a')], racing: [rename('a', 'y'), rename('a', 'z')] },
  { title: 'a rename and a deletion of one user', given: [create('a', 'y')], racing: [rename('a'), deprovision('a')] },
];

const triples: readonly NameRace[] = [
  { title: 'three creations', given: [], racing: [create('a'), create('b'), create('c')] },
  {
    title: 'a deletion, a creation and a rename',
    given: [create('a'), create('c', 'z')],
    racing: [deprovision('a'), create('b'), rename('c')],
  },
  {
    title: 'a rename in two processes and a creation',
    given: [create('a', 'y')],
    racing: [rename('a'), rename('a'), create('b')],
  },
  {
    title: 'a rename, a deletion of the same user and a creation',
    given: [create('a', 'y')],
    racing: [rename('a'), deprovision('a'), create('b')],
  },
  {
    title: 'a rename away and back, and a creation',
    given: [create('a')],
    racing: [rename('a', 'y'), rename('a'), create('b')],
  },
  {
    title: 'names going round',
    given: [create('a'), create('b', 'y'), create('c', 'z')],
    racing: [rename('a', 'y'), rename('b', 'z'), rename('c')],
  },
];

const memories = [
  { memory: 'of processes that have just started', acquainted: false },
  { memory: 'of processes that remember what was', acquainted: true },
] as const;

/**
 * Model check of the claims. Every port call of every process is a step; a process may stop before any of them, for ever
 * or until a newcomer has tried to take the name. In every log: never two holders of one name, every answer true, no name
 * stuck.
 */
describe.each(logKinds)('names $title', ({ atomicAcrossStreams }) => {
  describe.each(memories)('$memory', ({ acquainted }) => {
    const conditions = { atomicAcrossStreams, acquainted };

    // Two processes can go on voiding each other's claims for ever; after 20 moves one of them is let through.
    it.each(pairs)('keep their promises in every schedule of $title', async (race) => {
      const { complete } = await exploreSchedules(scenarioOf(race, conditions), { depth: 20, budget: 10_000 });
      expect(complete).toBe(true);
    });

    it.each(triples)('keep their promises in random schedules of $title', async (race) => {
      const choices = fc.noBias(fc.infiniteStream(fc.nat()));
      const schedule = fc.asyncProperty(choices, (numbers) => sampleSchedule(scenarioOf(race, conditions), numbers));
      await fc.assert(schedule, { seed: 20260101, numRuns: 200 });
    });
  });
});

describe('names on a log that appends to one stream at a time', () => {
  it('would have two holders if a contender did not void the claim it takes over', async () => {
    const race = scenarioOf(twoCreations, {
      atomicAcrossStreams: false,
      acquainted: false,
      between: withoutAbandoning,
    });
    const check = async (...[store, run]: Parameters<typeof race.check>) => {
      for (const actor of twoCreations.racing.keys()) await run.finish(actor);
      await auditDirectory(store);
    };
    const exploration = exploreSchedules({ ...race, check }, { depth: 20, budget: 10_000 });
    await expect(exploration).rejects.toThrow(/hold the same name/);
  });
});
