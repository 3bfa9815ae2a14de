import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  compareWithServer,
  defaultOptions,
  ExpectedDirectory,
  openClient,
  simulate,
  type SimulationReport,
} from '../../apps/entra-simulator/src/simulator.js';
import { Installation } from './installation.js';

const dialects = ['default', 'compliant'] as const;
/** Acknowledged writes of both together after which the leading projector is killed: in the middle of the initial cycles. */
const killedAfter = 60;

let installation: Installation;
let urls: readonly string[];

beforeAll(async () => {
  installation = await Installation.start({ projectors: 2 });
  urls = await installation.tenantUrls();
});
afterAll(() => installation?.stop());

describe("Entra's provisioning service in both dialects, each on a node of its own", () => {
  it('finds everything as it was acknowledged, on either node, though the leading projector is killed meanwhile', async () => {
    const expected = new ExpectedDirectory();
    let writes = 0;
    let killed: Promise<void> | undefined;
    const killLeader = async () => (await installation.leader()).kill();
    const options = (url: string) => ({ ...defaultOptions, url, token: installation.token, connections: 4 });
    const provision = (dialect: (typeof dialects)[number], node: number): Promise<SimulationReport> =>
      simulate(
        // Lists are refused until another projector has taken over: within ten seconds.
        {
          ...{ ...options(urls[node] as string), dialect, seed: dialect, retries: 40 },
          ...{ users: 40, groups: 5, members: 8, cycles: 2 },
        },
        {
          acknowledged: (write) => {
            expected.apply(write);
            if (++writes === killedAfter) killed = killLeader();
          },
          doubted: (write) => expected.doubt(write),
        },
      );
    const reports = await Promise.all(dialects.map(provision));
    await killed;
    for (const { failures, clean } of reports) expect({ failures, clean }).toEqual({ failures: [], clean: true });
    for (const url of urls) {
      const reader = openClient(options(url));
      const { differences, users, groups, memberships, deleted } = await compareWithServer(reader, expected);
      await reader.close();
      expect(differences).toEqual([]);
      for (const count of [users - 70, groups - 5, memberships - 30, deleted]) expect(count).toBeGreaterThan(0);
    }
  });
});
