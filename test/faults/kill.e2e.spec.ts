import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SeededRandom } from '../../apps/entra-simulator/src/directory/seeded-random.js';
import {
  compareWithServer,
  defaultOptions,
  ExpectedDirectory,
  openClient,
  simulate,
} from '../../apps/entra-simulator/src/simulator.js';
import { NameContention } from '../support/name-contention.js';
import { ScimClient } from '../support/scim-client.js';
import { contradictions } from '../support/served-directory.js';
import { dataDirectory, ServerProcess } from '../support/server-process.js';
import { readStoredData } from '../support/stored-data.js';

/** A longer run: `npm run test:crash`. The seed of a run that failed makes the same requests and kills again. */
const rounds = Number(process.env['CRASH_ROUNDS'] ?? 6);
const seed = process.env['CRASH_SEED'] ?? 'crash';

const token = 'a-token-that-stays-the-same-over-restarts';
const directory = dataDirectory();
const start = () => ServerProcess.start({ directory: directory.path, environment: { SCIM_BEARER_TOKEN: token } });

/** Everything the servers acknowledged, over all rounds. */
const expected = new ExpectedDirectory();
const contention = new NameContention(seed);
let running: ServerProcess;

beforeAll(async () => {
  running = await start();
});

afterAll(async () => {
  await running.kill();
  directory.remove();
});

/**
 * Two jobs of Entra's. Every other round meets the companies of the round before and changes them back to how they were;
 * after eight rounds all companies come again, so that the directory of a long run does not grow for ever.
 */
const loadOf = (round: number, server: ServerProcess) => ({
  ...defaultOptions,
  url: server.tenantUrl,
  token,
  seed: `${seed}${(round >> 1) % 4}`,
  dialect: 'both' as const,
  retries: 0,
  users: 40,
  groups: 6,
  members: 10,
  cycles: 2,
  timeoutMs: 10_000,
});

/** Kills the server a moment after some number of acknowledged writes, both drawn by lot. */
async function killUnderLoad(server: ServerProcess, round: number): Promise<void> {
  const random = new SeededRandom(`${seed}-${round}`);
  const lastWrite = 1 + random.below(300);
  const moment = random.next() * 8;
  const over = new AbortController();
  let killed: Promise<void> | undefined;
  let writes = 0;
  const acknowledged = () => {
    if (++writes === lastWrite) killed = sleep(moment).then(() => server.kill());
  };
  const client = new ScimClient(server.tenantUrl, token);
  const contending = contention.contend(client, acknowledged, over.signal);
  await simulate(loadOf(round, server), {
    acknowledged: (write) => {
      expected.apply(write);
      acknowledged();
    },
    doubted: (write) => expected.doubt(write),
  });
  over.abort();
  await contending;
  await client.close();
  await (killed ?? server.kill());
}

async function differencesOf(server: ServerProcess) {
  const reader = openClient({ ...defaultOptions, url: server.tenantUrl, token });
  const { differences } = await compareWithServer(reader, expected);
  await reader.close();
  return differences;
}

describe('a server that is killed while it writes', () => {
  for (let round = 0; round < rounds; round++) {
    it(`keeps what it acknowledged and nothing half-made, round ${round + 1}`, async () => {
      await killUnderLoad(running, round);

      const { audited, events, view } = await readStoredData(directory.path);
      expect(audited.users.size).toBeGreaterThan(0);
      expect(view.checkpoint).toBeLessThanOrEqual(events.at(-1)?.position ?? 0n);
      expect(view.generations).toMatchObject([{ number: 1, state: 'live' }]);
      expect(view.rows).toEqual(view.expected);

      running = await start();
      const client = new ScimClient(running.tenantUrl, token);
      expect(await differencesOf(running)).toEqual([]);
      expect(await contention.settle(client)).toEqual([]);
      expect(await contradictions(client)).toEqual([]);
      await client.close();
    });
  }

  it('comes to the end of its log when it is stopped in peace', async () => {
    await running.stop();
    const { events, view } = await readStoredData(directory.path);
    expect(view.checkpoint).toBe(events.at(-1)?.position);
    expect(view.rows).toEqual(view.expected);
  });
});
