import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWithFaults } from '#event-store-kurrent/testing';
import { DirectoryLoad } from '../support/directory-load.js';
import type { ScimClient } from '../support/scim-client.js';
import { expectAllKept } from './expect-all-kept.js';
import { Installation } from './installation.js';

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
});

function expectOnly(load: DirectoryLoad, statuses: readonly string[]): void {
  expect(Object.keys(load.answers).filter((status) => !statuses.includes(status))).toEqual([]);
}
