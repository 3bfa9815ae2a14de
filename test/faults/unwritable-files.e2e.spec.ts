import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DataFolderRuns } from '../support/data-folder-runs.js';
import { createGroup, createUser } from '../support/directory-requests.js';
import { memberOperations } from '../support/entra-operations.js';
import { expectRefusal } from '../support/scim-answers.js';
import { patchOp, ScimClient, type ScimReply } from '../support/scim-client.js';
import type { ServerProcess } from '../support/server-process.js';
import { readStoredData } from '../support/stored-data.js';

const folder = new DataFolderRuns();
let server: ServerProcess;
let client: ScimClient;

beforeEach(async () => {
  server = await folder.start();
  client = new ScimClient(server.tenantUrl, server.token);
});

afterEach(() => client.close());

/** How Linux says that a disk is full or a quota used up, to one process. @param bytes longest a file may become. */
function limitFiles(bytes: number | 'unlimited'): void {
  const { status, stderr } = spawnSync('prlimit', ['--pid', String(server.pid), `--fsize=${bytes}:unlimited`]);
  if (status !== 0) throw new Error(`prlimit failed: ${String(stderr)}`);
}

/** Another program that writes to one of the server's files, and does not come to an end. */
async function whileLocked(file: string, work: () => Promise<void>): Promise<void> {
  const other = new DatabaseSync(join(folder.path, file));
  try {
    other.exec('BEGIN IMMEDIATE');
    await work();
  } finally {
    other.close();
  }
}

const isReady = async () => (await fetch(`${server.origin}/health/ready`)).status === 200;

/** Asserts that the server was stopped in order, and has stored what it acknowledged and nothing else. */
async function expectStored(userNames: readonly string[]): Promise<void> {
  expect(await server.stop()).toBe(0);
  const { audited, events, view } = await readStoredData(folder.path);
  expect([...audited.users.values()].map(({ userName }) => userName).sort()).toEqual([...userNames].sort());
  expect(view.checkpoint).toBe(events.at(-1)?.position);
  expect(view.rows).toEqual(view.expected);
}

function expectUnavailable(reply: ScimReply, detail: RegExp): void {
  expectRefusal(reply, 503, { detail });
  expect(reply.headers['retry-after']).toBe('5');
}

const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux('a log whose file cannot grow', () => {
  it('refuses every write, serves what it has, and takes writes again when there is room', async () => {
    const user = await createUser(client);
    const leaver = await createUser(client);
    const group = await createGroup(client, { members: [{ value: leaver.id }] });
    limitFiles(statSync(join(folder.path, 'log.sqlite-wal')).size);

    const add = patchOp(memberOperations.default.add(user.id));
    const refused = await Promise.all([
      client.post('/Users', { userName: 'refused@acme.test' }),
      client.patch(user.path, patchOp({ op: 'Replace', path: 'userName', value: 'renamed@acme.test' })),
      client.put(user.path, { userName: user.name, title: 'x' }),
      client.patch(group.path, add),
      client.delete(leaver.path),
    ]);
    for (const reply of refused) expectUnavailable(reply, /Send the request again|Try again later/);
    const bulk = await client.post('/Bulk', {
      Operations: ['a', 'b'].map((bulkId) => ({ method: 'POST', path: '/Users', bulkId, data: { userName: bulkId } })),
    });
    expect((bulk.body['Operations'] as { status: string }[]).map(({ status }) => status)).toEqual(['503', '503']);
    for (const { path, body } of [user, leaver])
      expect((await client.get(path)).body).toMatchObject({ meta: body['meta'] });
    expect((await client.get('/Users?count=0')).body['totalResults']).toBe(2);

    limitFiles('unlimited');
    expect((await client.patch(group.path, add)).status).toBe(204);
    const again = await createUser(client, { userName: 'refused@acme.test' });
    expect((await client.delete(leaver.path)).status).toBe(204);
    expect((await client.get('/Users?count=0')).body['totalResults']).toBe(2);
    await expectStored([user.name, again.name]);
  });

  it('keeps, over a kill and a restart, what it acknowledged and nothing that it refused', async () => {
    const user = await createUser(client);
    limitFiles(statSync(join(folder.path, 'log.sqlite-wal')).size + 5_000);
    expectUnavailable(
      await client.post('/Users', { userName: 'refused@acme.test', title: 'x'.repeat(20_000) }),
      /again/,
    );
    const { token } = server;
    await server.kill();

    server = await folder.start();
    const reader = new ScimClient(server.tenantUrl, token);
    expect((await reader.get(user.path)).status).toBe(200);
    expect((await reader.post('/Users', { userName: 'refused@acme.test' })).status).toBe(201);
    await reader.close();
    await expectStored([user.name, 'refused@acme.test']);
  });
});

describe('a log that another program has locked', () => {
  it('refuses writes, serves what it has, and takes writes again when it is let go', async () => {
    const user = await createUser(client);
    await whileLocked('log.sqlite', async () => {
      expectUnavailable(
        await client.post('/Users', { userName: 'refused@acme.test' }),
        /was not made: .*Try again later/,
      );
      expect((await client.get(user.path)).status).toBe(200);
      expect(await isReady()).toBe(true);
    });
    const again = await createUser(client, { userName: 'refused@acme.test' });
    await expectStored([user.name, again.name]);
  });
});

describe('a view that another program has locked', () => {
  it('takes deletions, shows nobody as a member who may be deleted, and goes on when it is let go', async () => {
    const leaver = await createUser(client);
    const group = await createGroup(client, { members: [{ value: leaver.id }] });
    await whileLocked('view/view-1.sqlite', async () => {
      expect((await client.delete(leaver.path)).status).toBe(204);
      expectUnavailable(await client.get(group.path), /not be complete yet/);
      expect((await client.get(`${group.path}?excludedAttributes=members`)).status).toBe(200);
    });
    let shown = await client.get(group.path);
    while (shown.status === 503) shown = await client.get(group.path);
    expect(shown.body['members'] ?? []).toEqual([]);
    await expectStored([]);
  });

  it('takes writes, answers from the log what it has not got, and shows all when it is let go', async () => {
    const user = await createUser(client);
    expect((await client.get('/Users?count=0')).body['totalResults']).toBe(1);
    let late = user;
    await whileLocked('view/view-1.sqlite', async () => {
      late = await createUser(client);
      expect((await client.get(late.path)).body).toEqual(late.body);
      expectUnavailable(await client.get('/Users'), /not be complete yet/);
      expectUnavailable(await client.post('/.search', {}), /not be complete yet/);
    });
    while ((await client.get('/Users?count=0')).status === 503);
    expect((await client.get('/Users?count=0')).body['totalResults']).toBe(2);
    await expectStored([user.name, late.name]);
  });
});
