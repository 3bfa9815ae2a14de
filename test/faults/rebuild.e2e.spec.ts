import { randomUUID } from 'node:crypto';
import {
  closeSync,
  copyFileSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defaultOptions, simulate } from '../../apps/entra-simulator/src/simulator.js';
import type { ResourceId } from '#kernel';
import { command, directoryOn } from '#command-handling/testing';
import { SqliteGenerationAdministration } from '#directory-view';
import type { ViewDump } from '#directory-view/testing';
import { SqliteEventStore } from '#event-store-sqlite';
import { createGroup, createUser, memberIds } from '../support/directory-requests.js';
import { memberOperations } from '../support/entra-operations.js';
import { operate } from '../support/operator-process.js';
import { patchOp, ScimClient, type ScimReply } from '../support/scim-client.js';
import { dataDirectory, ServerProcess } from '../support/server-process.js';
import { defaultTenant, readStoredData, readViewRows, withCopy } from '../support/stored-data.js';

const token = 'a-token-that-stays-the-same-over-restarts';
const directory = dataDirectory();
const viewFolder = join(directory.path, 'view');
const start = () => ServerProcess.start({ directory: directory.path, environment: { SCIM_BEARER_TOKEN: token } });

/** Enough that to build the view anew takes longer than to look at the server. */
const moreUsers = 2_500;

let before: ViewDump;

beforeAll(async () => {
  const server = await start();
  const load = { users: 80, groups: 8, members: 10, cycles: 2, dialect: 'both' as const };
  const { clean } = await simulate({ ...defaultOptions, ...load, url: server.tenantUrl, token });
  expect(clean).toBe(true);
  await server.stop();
  await addUsers();
  await comeToTheEndOfTheLog();
  before = await readViewRows(directory.path);
});

afterAll(() => directory.remove());

/** Straight into the log of the stopped server. */
async function addUsers(): Promise<void> {
  const store = SqliteEventStore.open({ file: join(directory.path, 'log.sqlite') });
  const { nameSecret } = JSON.parse(readFileSync(join(directory.path, 'installation.json'), 'utf8')) as {
    nameSecret: string;
  };
  const commands = directoryOn(store, { nameSecret: Buffer.from(nameSecret, 'hex'), newClaimId: randomUUID });
  const context = () => ({ ...command(), tenantId: defaultTenant });
  const provisioned = Array.from({ length: moreUsers }, (_, index) =>
    commands.provisionUser(context(), randomUUID() as ResourceId, {
      userName: `colleague-${index}@acme.test`,
      displayName: `Colleague ${index}`,
      emails: [{ value: `colleague-${index}@acme.test`, primary: true }],
      active: true,
    }),
  );
  await Promise.all(provisioned);
  await store.close();
}

/** Starts the server and stops it once it is ready. */
async function comeToTheEndOfTheLog(): Promise<ServerProcess> {
  const server = await start();
  await untilReady(server, () => Promise.resolve());
  await server.stop();
  return server;
}

interface Readiness {
  readonly status: string;
  readonly problems?: readonly { readonly name: string; readonly problem: string }[];
}

/** Asks whether the server is ready until it is. @param meanwhile called after each time it is not. */
async function untilReady(server: ServerProcess, meanwhile: (said: Readiness) => Promise<void>): Promise<void> {
  for (;;) {
    const reply = await fetch(`${server.origin}/health/ready`);
    const said = (await reply.json()) as Readiness;
    if (reply.status === 200) return;
    expect(reply.status).toBe(503);
    await meanwhile(said);
  }
}

const viewFiles = () => readdirSync(viewFolder).filter((name) => /^view-\d+\.sqlite$/.test(name));

describe('a view whose files are gone', () => {
  it('is built from the log again, byte for byte, while the server says so and answers from the log', async () => {
    rmSync(viewFolder, { recursive: true });
    const server = await start();
    const client = new ScimClient(server.tenantUrl, token);
    const somebody = JSON.parse(before.resource.at(-1) ?? '') as [type: string, id: string];
    const problems: string[] = [];
    const answers: number[] = [];
    const lists: ScimReply[] = [];
    await untilReady(server, async (said) => {
      problems.push(...(said.problems ?? []).map(({ name, problem }) => `${name}: ${problem}`));
      answers.push((await client.get(`/${somebody[0]}s/${somebody[1]}`)).status);
      lists.push(await client.get('/Users?count=0'), await client.post('/.search', { count: 0 }));
    });
    expect(problems[0]).toMatch(/^projection directory-view: it is catching up: at position \d+ of \d+$/);
    expect(new Set(answers)).toEqual(new Set([200]));
    for (const { status, headers, body } of lists) {
      if (status === 503)
        expect([headers['retry-after'], body['detail']]).toEqual(['5', expect.stringMatching(/not be complete/)]);
      else expect(body['totalResults']).toBeGreaterThanOrEqual(usersIn(before));
    }
    expect((await client.get('/Users?count=0')).body).toMatchObject({ totalResults: usersIn(before) });
    await client.close();
    await server.stop();

    const { view, events } = await readStoredData(directory.path);
    expect(view.rows).toEqual(before);
    expect(view.rows).toEqual(view.expected);
    expect(view.checkpoint).toBe(events.at(-1)?.position);
  });
});

describe('a view whose files are damaged', () => {
  const damages: readonly (readonly [title: string, damage: () => void])[] = [
    ['are no database any more', () => viewFiles().forEach((name) => writeFileSync(join(viewFolder, name), 'rubbish'))],
    [
      'are cut in half',
      () =>
        viewFiles().forEach((name) => {
          const path = join(viewFolder, name);
          truncateSync(path, Math.floor(statSync(path).size / 2));
        }),
    ],
    ['are empty', () => viewFiles().forEach((name) => truncateSync(join(viewFolder, name), 0))],
    ['have lost their catalogue', () => writeFileSync(join(viewFolder, 'view-generations.sqlite'), 'rubbish')],
  ];

  for (const [title, damage] of damages) {
    it(`is built again where they ${title}`, async () => {
      damage();
      const server = await comeToTheEndOfTheLog();
      expect(server.output()).not.toContain('"level":"error"');
      expect(await readViewRows(directory.path)).toEqual(before);
    });
  }

  it('refuses lists, answers the rest from the log and is built again at the next start, where pages are damaged', async () => {
    viewFiles().forEach((name) => overwritePages(join(viewFolder, name)));
    const server = await start();
    const client = new ScimClient(server.tenantUrl, token);
    const list = await client.get('/Users?count=1000');
    expect([list.status, list.headers['retry-after']]).toEqual([503, '5']);
    const said = (await (await fetch(`${server.origin}/health/ready`)).json()) as Readiness;
    expect(said.problems).toContainEqual({
      name: 'projection directory-view',
      problem: expect.stringContaining('its file is damaged'),
    });
    expect(server.output()).toMatch(/"level":"error".*"generation":\d+.*"msg":"a file of the view is damaged/);
    const { code, stdout } = await operate({ DATA_DIR: directory.path }, 'status');
    expect([code, stdout]).toEqual([
      1,
      expect.stringMatching(/Generation \d+ of the view is damaged.*Restart the server/),
    ]);

    const user = await createUser(client);
    const known = before.resource.map((row) => JSON.parse(row) as [type: string, id: string]);
    const paths = known.filter((_, index) => index % 20 === 0).map(([type, id]) => `/${type}s/${id}`);
    const replies = await Promise.all([user.path, ...paths].map((path) => client.get(path)));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));

    const group = await createGroup(client, { members: [{ value: user.id }] });
    expect((await client.patch(group.path, patchOp(memberOperations.default.remove(user.id)))).status).toBe(204);
    expect(await memberIds(client, group.path)).toEqual([]);
    for (const path of [user.path, group.path]) expect((await client.delete(path)).status).toBe(204);
    await client.close();
    await server.stop();
    await comeToTheEndOfTheLog();
    const { view } = await readStoredData(directory.path);
    expect(view.rows).toEqual(view.expected);
    expect(view.rows.resource).toEqual(before.resource);
  });
});

/** Every seventh page after the first ones, by which SQLite would tell at once that something is wrong. */
function overwritePages(path: string): void {
  const pageSize = 4096;
  const file = openSync(path, 'r+');
  for (let page = 10; page < statSync(path).size / pageSize; page += 7) {
    writeSync(file, Buffer.alloc(pageSize, 'rubbish'), 0, pageSize, page * pageSize);
  }
  closeSync(file);
}

describe('a log restored from a backup while the view was kept', () => {
  it('is refused until the view is moved away; then it is what lists show, and what is written next is found', async () => {
    await withCopy(directory.path, async (folder) => {
      const serve = () => ServerProcess.start({ directory: folder, environment: { SCIM_BEARER_TOKEN: token } });
      const log = join(folder, 'log.sqlite');
      const backup = join(folder, 'backup.sqlite');
      copyFileSync(log, backup);
      const server = await serve();
      const client = new ScimClient(server.tenantUrl, token);
      for (let index = 0; index < 5; index++) await createUser(client, { userName: `lost-${index}@acme.test` });
      await client.close();
      await server.stop();
      for (const suffix of ['-wal', '-shm']) rmSync(log + suffix, { force: true });
      copyFileSync(backup, log);
      const refused = await ServerProcess.refused({ directory: folder });
      expect(refused.stderr).toMatch(
        /log\.sqlite ends at position \d+, and generation \d+ of the view was built from it up to/,
      );
      rmSync(join(folder, 'view'), { recursive: true });

      const restored = await serve();
      await untilReady(restored, () => Promise.resolve());
      const reader = new ScimClient(restored.tenantUrl, token);
      expect((await reader.find('/Users', 'userName sw "lost-"')).body).toMatchObject({ totalResults: 0 });
      const { path } = await createUser(reader, { userName: 'found@acme.test' });
      expect((await reader.get(path)).status).toBe(200);
      expect((await reader.get('/Users?count=0')).body).toMatchObject({ totalResults: usersIn(before) + 1 });
      await reader.close();
      await restored.stop();
    });
  });
});

describe('a log that is damaged in its middle', () => {
  it('is what the server says it is, and not late, once a build of the view has come upon it', async () => {
    await withCopy(directory.path, async (folder) => {
      rmSync(join(folder, 'view'), { recursive: true });
      overwritePageWith(join(folder, 'log.sqlite'), `Colleague ${moreUsers / 2}"`);
      const server = await ServerProcess.start({ directory: folder, environment: { SCIM_BEARER_TOKEN: token } });
      const ready = async () => (await (await fetch(`${server.origin}/health/ready`)).json()) as Readiness;
      let said = await ready();
      while (/catching up/.test(said.problems?.[0]?.problem ?? '')) said = await ready();
      expect(said.problems?.[0]?.problem).toMatch(/^the log is damaged: after position \d+ it cannot be read/);
      await server.stop();
    });
  });
});

/** What is stored of an event stands in its table alone, so that no index is hit. */
function overwritePageWith(path: string, text: string): void {
  const pageSize = 4096;
  const page = Math.floor(readFileSync(path).indexOf(text) / pageSize);
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(pageSize, 0xff), 0, pageSize, page * pageSize);
  closeSync(file);
}

describe('a view that an operator wants built again', () => {
  it('is built beside the live one while the server answers every list, and is equal to it', async () => {
    await withCopy(directory.path, async (folder) => {
      const server = await ServerProcess.start({ directory: folder, environment: { SCIM_BEARER_TOKEN: token } });
      await untilReady(server, () => Promise.resolve());
      const client = new ScimClient(server.tenantUrl, token);
      const generations = new SqliteGenerationAdministration(join(folder, 'view'));
      const [former] = (await generations.status()).filter(({ state }) => state === 'live');
      const operator = (...args: readonly string[]) => operate({ DATA_DIR: folder }, 'view', ...args);
      const asked = await operator('rebuild');
      const text = `Written down: build generation ${(former?.number ?? 0) + 1}. It is begun within seconds; "status" shows how far it is.\n`;
      expect(asked).toEqual({ code: 0, stdout: text, stderr: '' });
      const liveNumber = async () => (await generations.status()).find(({ state }) => state === 'live')?.number;
      let users = usersIn(before);
      while ((await liveNumber()) === former?.number) {
        await createUser(client);
        expect((await client.get('/Users?count=0')).body).toMatchObject({ totalResults: ++users });
      }
      await createUser(client);
      expect((await client.get('/Users?count=0')).body).toMatchObject({ totalResults: users + 1 });
      expect(await operator('drop', String(former?.number))).toMatchObject({ code: 0, stderr: '' });
      await generations.close();
      await client.close();
      await server.stop();
      const { view } = await readStoredData(folder);
      expect(view.rows).toEqual(view.expected);
      expect(view.generations.at(-1)).toMatchObject({ state: 'live', number: (former?.number ?? 0) + 1 });
    });
  });
});

function usersIn({ resource }: ViewDump): number {
  return resource.filter((row) => row.startsWith('["User"')).length;
}
