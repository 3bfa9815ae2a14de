import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createUser } from '../support/directory-requests.js';
import { DirectoryLoad } from '../support/directory-load.js';
import type { ScimClient } from '../support/scim-client.js';
import { expectAllKept } from './expect-all-kept.js';
import { Installation } from './installation.js';

let installation: Installation;
let nodes: readonly [ScimClient, ScimClient];

beforeAll(async () => {
  installation = await Installation.start({ projectors: 2, clocksJump: true });
  nodes = await installation.clients();
});
afterAll(() => installation?.stop());

const modified = ({ body }: { readonly body: object }) =>
  Date.parse((body as { meta: { lastModified: string } }).meta.lastModified);

function leases(): Promise<readonly { name: string; holder: string }[]> {
  return installation.database.execute('SELECT name, holder FROM scim_projections.lease ORDER BY name');
}

describe('wall clocks that jump', () => {
  it('change what is said of the time, and neither who leads nor what is kept', async () => {
    const leader = await installation.leader();
    const held = await leases();
    expect(held).toHaveLength(2);
    const services = ['scim-ingress-1', leader.name];
    const load = await DirectoryLoad.start(nodes);
    const times: number[] = [];
    for (let jumps = 0; jumps < 4; jumps++) {
      await load.acknowledges(80);
      for (const service of services) installation.process(service).signal('SIGUSR2');
      await load.acknowledges(20);
      times.push(modified(await createUser(nodes[0])) - modified(await createUser(nodes[1])));
    }
    await load.stop();
    expect(times.map((difference) => Math.round(difference / 3_600_000))).toEqual([1, -1, 1, -1]);
    expect(await installation.leader()).toBe(leader);
    expect(await leases()).toEqual(held);
    expect(Object.keys(load.answers).sort()).toEqual(['200', '201', '204']);
    await expectAllKept(installation, load, nodes);
  });
});
