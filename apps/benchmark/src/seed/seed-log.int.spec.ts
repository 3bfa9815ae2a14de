import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventCodec } from '#event-catalog';
import { beforeFirstPosition } from '#event-store';
import { SqliteEventStore } from '#event-store-sqlite';
import { groupName, userName } from '../scim/sample-resources.js';
import { get, groupNamed, userNamed } from '../scim/scim-requests.js';
import { Connection } from '../load/connection.js';
import { productOn, whileRunning } from '../server/start-servers.js';
import { DataFolders } from './data-folders.js';
import { type DirectoryShape, groupId, memberNumbers, userId } from './directory-shape.js';

const root = mkdtempSync(join(tmpdir(), 'scim-ledger-'));
const folders = new DataFolders(root);
const shape: DirectoryShape = { name: 'few', users: 30, groups: [20, 20] };

afterAll(() => rmSync(root, { recursive: true, force: true }));

async function eventsIn(folder: string) {
  const store = SqliteEventStore.open({ file: join(folder, 'log.sqlite') });
  const recorded = await store.readAll(beforeFirstPosition, 1_000);
  await store.close();
  return recorded.map((event) => eventCodec.decode(event).event);
}

describe('a seeded folder', () => {
  it('holds a log with every user, group and claimed name', async () => {
    const events = await eventsIn(await folders.seeded(shape));
    const count = (type: string) => events.filter((event) => event.type === type).length;
    expect([count('UserProvisioned'), count('GroupProvisioned'), count('NameClaimed')]).toEqual([30, 2, 32]);
    const added = events.flatMap((event) => (event.type === 'GroupMembershipChanged' ? event.data.added : []));
    expect(added).toHaveLength(40);
  });

  it('is made once', async () => {
    const before = await eventsIn(await folders.seeded(shape));
    expect(await eventsIn(await folders.seeded(shape))).toEqual(before);
  });

  it('is served by the product, with its names taken', async () => {
    const seeded = await folders.seeded(shape);
    const folder = folders.withoutView(seeded);
    await whileRunning(productOn(folder, undefined), async ({ port }) => {
      const connection = await Connection.open(port);
      const ask = async (path: string) => {
        const { body } = await connection.exchange({ request: get(path), status: 200 });
        return body.toString('utf8');
      };
      expect(await ask(userNamed(userName(29).toUpperCase()))).toContain(userId(29));
      expect(await ask(groupNamed(groupName(1)))).toContain(groupId(1));
      const group = await ask(`/Groups/${groupId(1)}`);
      for (const member of memberNumbers(shape, 1, 20)) expect(group).toContain(userId(member));
      connection.close();
    });
  });
});
