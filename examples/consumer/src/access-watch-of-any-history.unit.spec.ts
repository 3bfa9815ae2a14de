import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Access } from './access/access-change.js';
import { AccessWatch } from './access-watch.js';
import { type Command, PublishedHistory, type Published } from './testing/published-history.js';
import { SimulatedRelay, type Step } from './testing/simulated-relay.js';
import { SimulatedTopics } from './testing/simulated-topics.js';

const users = ['mia', 'tom', 'zoe'];
const user = fc.constantFrom(...users);
const group = fc.constantFrom('admins', 'staff');

const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      of: fc.constant('members'),
      id: group,
      added: fc.subarray(users),
      removed: fc.subarray(users),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ of: fc.constant('user'), id: user, act: fc.constantFrom('toggle', 'rename', 'abandon') }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ of: fc.constant('group'), id: group, act: fc.constantFrom('rename', 'abandon') }),
  },
  fc.oneof(
    fc.record({ of: fc.constant('user'), id: user, act: fc.constant('end') }),
    fc.record({ of: fc.constant('group'), id: group, act: fc.constant('end') }),
  ),
);

type Turn = Command | 'send' | 'torn send' | 'pause' | 'give up' | 'start over' | 'start over slowly';

const turn = fc.oneof(
  { weight: 12, arbitrary: command },
  { weight: 5, arbitrary: fc.constantFrom('send', 'torn send', 'pause') },
  fc.constantFrom('give up', 'start over', 'start over slowly'),
) as fc.Arbitrary<Turn>;
const turns = fc.array(turn, { maxLength: 40, size: 'max' });
/** Chooses a number from 0 to less than the given one. */
const choices = fc
  .infiniteStream(fc.nat({ max: 1_000_000 }))
  .map((numbers) => (below: number) => (numbers.next().value as number) % below);

/** What a relay does that publishes the history, with brokers that remove what is old. */
function plan(script: readonly Turn[]): { readonly steps: readonly Step[]; readonly history: PublishedHistory } {
  const history = new PublishedHistory();
  const steps: Step[] = [];
  // What ends by an event that is missing: where its tombstones went before older events, those would bring it back.
  const isOver = (tombstone: Published['message']) => !history.givenUp.has(tombstone);
  let sent = 0;
  const send = (isTornOff: boolean, end = history.events.length) => {
    let messages: Published[] = [];
    for (; sent < end; sent++) {
      const event = history.events[sent] ?? [];
      if (event[0]?.role === 'events') messages.push(...event);
      else {
        steps.push({ does: 'send', messages, isTornOff }, { does: 'give up', messages: event });
        messages = [];
      }
    }
    steps.push({ does: 'send', messages, isTornOff });
  };
  for (const [index, turn] of script.entries()) {
    if (turn === 'send' || turn === 'torn send') send(turn === 'torn send');
    else if (turn === 'pause') {
      send(false);
      steps.push({ does: 'pause', isOver });
    } else if (turn === 'start over' || turn === 'start over slowly') {
      send(false);
      const again = new Set<Published['message']>();
      for (sent = 0; sent < history.events.length;) {
        const end = Math.min(sent + 2, history.events.length);
        for (const { message } of history.events.slice(sent, end).flat()) again.add(message);
        send(false, end);
        // Tombstones are kept for longer than it takes to start over.
        const kept = new Set(again);
        const isOld = (message: Published['message']) => !kept.has(message) && isOver(message);
        if (turn === 'start over slowly') steps.push({ does: 'pause', isOver: isOld });
      }
    } else if (turn === 'give up') {
      const next = script[index + 1];
      const from = history.events.length;
      if (typeof next === 'object') history.take(next);
      history.giveUpFrom(from);
    } else history.take(turn);
  }
  history.endWithAll();
  send(false);
  return { steps, history };
}

/** Names have the id before their sign. */
const pairOf = (access: Access) => `${access.user} in ${access.group}`.replaceAll(/(acme:|#\d+)/g, '');
const namesOf = (accesses: readonly Access[]) => accesses.map((access) => `${access.user} in ${access.group}`).sort();

/** A watch that begins in the middle of the relay's work, and what it told in the end. */
async function watchOf(steps: readonly Step[], partitions: number, begin: number, choose: (below: number) => number) {
  const topics = new SimulatedTopics(partitions);
  const relay = new SimulatedRelay(topics, choose);
  relay.plan(...steps);
  topics.meanwhile = () => {
    while (choose(2) === 0 && relay.goOnSending());
  };
  const had = new Set<string>();
  const told: { readonly pair: string; readonly change: string }[] = [];
  const watch = new AccessWatch(topics, {
    waiting: () => undefined,
    ready: (accesses) => accesses.forEach((access) => had.add(pairOf(access))),
    changed: (change) => told.push({ pair: pairOf(change), change: change.change }),
    missed: () => undefined,
    heartbeat: () => undefined,
    failed: (error) => expect(error).toBeUndefined(),
  });
  for (let count = 0; count < begin && relay.goOn(); count++);
  await watch.onApplicationBootstrap();
  do {
    // A watch that begins anew does so in a turn of its own.
    for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
  } while (relay.goOn());
  await watch.onApplicationShutdown();
  return { had, told, accesses: watch.accesses() };
}

const runs = { numRuns: Number(process.env['HISTORIES'] ?? 300) };
const begins = fc.nat(60);
const partitionsOfTopic = fc.integer({ min: 1, max: 3 });
const runOfWatch = [turns, partitionsOfTopic, begins, choices] as const;

describe('a watch of any history, whichever partitions become visible first', () => {
  it('ends with those who have access, and what it told comes to the same', async () => {
    const property = fc.asyncProperty(...runOfWatch, async (script, partitions, begin, choose) => {
      const { steps, history } = plan(script);
      const { had, told, accesses } = await watchOf(steps, partitions, begin, choose);
      expect(namesOf(accesses)).toEqual(namesOf(history.accesses()));
      for (const { pair, change } of told) {
        // Nothing is told twice, and no gain is left without its loss.
        expect(had.has(pair)).toBe(change === 'lost');
        if (change === 'gained') had.add(pair);
        else had.delete(pair);
      }
      expect([...had].sort()).toEqual(history.accesses().map(pairOf).sort());
    });
    await fc.assert(property, runs);
  });

  it('tells of memberships what happened, as long as no relay starts over', async () => {
    const property = fc.asyncProperty(...runOfWatch, async (script, partitions, begin, choose) => {
      const everybody = users.map((id): Command => ({ of: 'user', id, act: 'toggle' }));
      const { steps, history } = plan([...everybody, ...script.filter(isOfMemberships)]);
      const { told } = await watchOf(steps, partitions, begin, choose);
      for (const pair of new Set(told.map((change) => change.pair))) {
        const changes = told.filter((change) => change.pair === pair).map(({ change }) => change);
        expect(history.changesOf(pair).slice(-changes.length)).toEqual(changes);
      }
    });
    await fc.assert(property, runs);
  });
});

const isOfMemberships = (turn: Turn) =>
  typeof turn === 'object' ? turn.of !== 'user' : !turn.startsWith('start over');
