import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWithFaults } from '#event-store-kurrent/testing';
import { DirectoryLoad } from '../support/directory-load.js';
import type { ComposeProcess } from '../support/compose-process.js';
import { createUser } from '../support/directory-requests.js';
import { expectList } from '../support/scim-answers.js';
import type { ScimClient } from '../support/scim-client.js';
import { expectAllKept } from './expect-all-kept.js';
import { Installation } from './installation.js';
import { readInstalledData } from './installed-data.js';
import { untilListed } from './until-listed.js';

describeWithFaults('an event store whose connections break under load, through two nodes', () => {
  let installation: Installation;
  let nodes: readonly ScimClient[];

  beforeAll(async () => {
    installation = await Installation.start();
    nodes = await installation.clients();
  });
  afterAll(() => installation?.stop());

  it('has every acknowledged change once where they break after the commit', async () => {
    const { faults } = installation.eventStore;
    const before = faults.suffered;
    const load = await DirectoryLoad.start(nodes);
    faults.chooseForAppends((append) => (append % 24 === 0 ? 'connection lost after commit' : undefined));
    await load.acknowledges(240);
    faults.chooseForAppends(undefined);
    await load.acknowledges(20);
    await load.stop();
    expect(faults.suffered - before).toBeGreaterThan(9);
    expect(Object.keys(load.answers).sort()).toEqual(['200', '201', '204']);
    await expectAllKept(installation, load, nodes);
  });

  it('has every acknowledged change once where they break before the commit or it takes nothing', async () => {
    const { faults } = installation.eventStore;
    const load = await DirectoryLoad.start(nodes);
    const kinds = ['connection lost before commit', 'not ready'] as const;
    faults.chooseForAppends((append) => (append % 36 === 0 ? kinds[(append / 36) % 2] : undefined));
    await load.acknowledges(240);
    faults.chooseForAppends(undefined);
    await load.acknowledges(20);
    await load.stop();
    expectOnly(load, ['200', '201', '204', '503']);
    await expectAllKept(installation, load, nodes);
  });

  it('has every acknowledged change once where the server is restarted, and refuses what it cannot know meanwhile', async () => {
    const load = await DirectoryLoad.start(nodes);
    await load.acknowledges(100);
    await installation.eventStore.stop();
    await load.refuses(8);
    await installation.eventStore.start();
    await load.acknowledges(200);
    await load.stop();
    expectOnly(load, ['200', '201', '204', '503']);
    await expectAllKept(installation, load, nodes);
  });

  it('is read anew by a projector that goes on while a backup is put in its place, and by nodes that are started again', async () => {
    const [node] = nodes as [ScimClient];
    const { eventStore } = installation;
    const kept = await createUser(node, { displayName: 'Kept' });
    const backup = eventStore.log.copy();
    const lost = await createUser(node, { displayName: 'Lost' });
    expectList(await node.find('/Users', `userName eq "${lost.name}"`), { totalResults: 1 });
    await eventStore.stop();
    await eventStore.start(backup);
    for (const ingress of ingressNodes()) {
      expect(await ingress.ended()).toBe(1);
      expect(ingress.output).toContain('the log is not the one this process has known');
    }
    await installation.restore();
    nodes = await installation.clients();
    const [other] = nodes as [ScimClient];
    const late = await createUser(other, { displayName: 'Late' });
    await untilListed(other, late.name);
    expectList(await other.find('/Users', `userName eq "${kept.name}"`), { totalResults: 1 });
    expectList(await other.find('/Users', `userName eq "${lost.name}"`), { totalResults: 0 });
    const { view } = await readInstalledData(installation);
    expect(view.rows).toEqual(view.expected);
  });

  function ingressNodes(): readonly ComposeProcess[] {
    return ['scim-ingress-1', 'scim-ingress-2'].map((name) => installation.process(name));
  }
});

function expectOnly(load: DirectoryLoad, statuses: readonly string[]): void {
  expect(Object.keys(load.answers).filter((status) => !statuses.includes(status))).toEqual([]);
}
