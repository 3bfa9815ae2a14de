import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createGroup, createUser } from '../support/directory-requests.js';
import { memberOperations } from '../support/entra-operations.js';
import { patchOp, ScimClient } from '../support/scim-client.js';
import { dataDirectory, ServerProcess } from '../support/server-process.js';
import { readStoredData, type StoredData } from '../support/stored-data.js';

const token = 'the-bearer-token_that-nobody-may-see-01';
const adminToken = 'the-admin-token_that-nobody-may-see-012';
/** Wrong tokens, filters and refused bodies: nobody may find these in any file or line. */
const unkept = ['Wr0ngBearer', 'secretFilterValue', 'secretMalformedBody', 'secretRefusedBody', 'secretQueryValue'];
/** Accepted bodies: in the log and the view, and nowhere else. */
const stored = 'secretStoredName';
const requestId = 'request-of-the-test-01';
const deletionId = 'deletion-of-the-test-02';

const directory = dataDirectory();
let server: ServerProcess;
let userId: string;
let data: StoredData;
let answers: number[];

const ask = (path: string, authorization?: string) =>
  fetch(`${server.origin}${path}`, authorization === undefined ? {} : { headers: { authorization } });

beforeAll(async () => {
  const environment = { SCIM_BEARER_TOKEN: token, ADMIN_TOKEN: adminToken, LOG_LEVEL: 'trace' };
  server = await ServerProcess.start({ directory: directory.path, environment });
});

afterAll(async () => {
  await server.kill();
  directory.remove();
});

describe('a running server', () => {
  it('says that it lives and is ready', async () => {
    for (const path of ['/health/live', '/health/ready']) {
      const reply = await ask(path);
      expect([reply.status, await reply.json()]).toEqual([200, { status: 'ok' }]);
    }
  });

  it('shows its metrics to whoever has the admin token', async () => {
    expect((await ask('/metrics')).status).toBe(401);
    expect((await ask('/metrics', 'Bearer Wr0ngBearer')).status).toBe(401);
    expect((await ask('/metrics', `Bearer ${token}`)).status).toBe(401);
    const reply = await ask('/metrics', `Bearer ${adminToken}`);
    expect(reply.status).toBe(200);
    const metrics = await reply.text();
    expect(metrics).toMatch(/^scim_request_duration_seconds_count\{.*status="200".*\} \d+$/m);
    expect(metrics).toContain('projection_checkpoint{projection="directory-view"}');
    expect(metrics).toContain('projection_failed{projection="directory-view"} 0');
  });
});

describe('what a server writes about requests', () => {
  beforeAll(async () => {
    const client = new ScimClient(server.tenantUrl, token);
    const stranger = new ScimClient(server.tenantUrl, 'Wr0ngBearer');
    const headers = { 'x-request-id': requestId };
    const created = await client.post('/Users', { userName: `${stored}@acme.test` }, { headers });
    userId = created.body['id'] as string;
    const group = await createGroup(client);
    await client.patch(group.path, patchOp(memberOperations.default.add(userId)));
    const leaver = await createUser(client);
    await client.patch(group.path, patchOp(memberOperations.default.add(leaver.id)));
    const replies = [
      created,
      await client.find('/Users', 'userName eq "secretFilterValue"'),
      await client.find('/Users', 'secretFilterValue eq'),
      await client.get('/Nowhere?token=secretQueryValue'),
      await client.post('/Users', '{"userName": secretMalformedBody'),
      await client.post('/Users', { userName: { secretRefusedBody: 1 } }),
      await client.post('/Users', 'userName=secretRefusedBody', { headers: { 'content-type': 'text/plain' } }),
      await client.patch(`/Users/${userId}`, patchOp({ op: 'add', path: 'secretRefusedBody[', value: 1 })),
      await stranger.get('/Users?filter=secretFilterValue'),
      await client.delete(leaver.path, { headers: { 'x-request-id': deletionId } }),
    ];
    answers = replies.map(({ status }) => status);
    // A read waits for the ends of memberships that a deletion causes.
    await client.get('/Groups');
    await Promise.all([client.close(), stranger.close()]);
    await server.stop();
    data = await readStoredData(directory.path);
  });

  it('is about requests of every kind', () => {
    expect(answers).toEqual([201, 200, 400, 404, 400, 400, 415, 400, 401, 204]);
  });

  it('is a JSON object a line, with the id of the request', () => {
    const afterBanner = server
      .output()
      .split('\n')
      .filter((line) => line.trim() !== '' && !line.startsWith('  '));
    const lines = afterBanner.map((line) => JSON.parse(line) as Record<string, unknown>);
    const requests = lines.filter(({ msg }) => msg === 'request');
    expect(requests.length).toBeGreaterThanOrEqual(answers.length);
    for (const line of requests) {
      expect(line).toEqual({
        level: 'info',
        msg: 'request',
        time: expect.any(String),
        ms: expect.any(Number),
        requestId: expect.any(String),
        method: expect.any(String),
        path: expect.any(String),
        status: expect.any(Number),
        ...('actor' in line && { actor: 'credential:default' }),
      });
    }
    const created = requests.find((line) => line['requestId'] === requestId);
    expect(created).toMatchObject({ method: 'POST', status: 201, actor: 'credential:default' });
    expect(server.errors()).toBe('');
  });

  it('holds no token, no header, no filter and no body', () => {
    const written = server.output() + server.errors();
    for (const secret of [token, adminToken, stored, ...unkept, 'Bearer', 'uthorization']) {
      expect(written).not.toContain(secret);
    }
  });

  it('keeps in files no secret, and what was accepted only in the log and the view', () => {
    const names = readdirSync(directory.path, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(names.map(({ name }) => name)).toContain('installation.json');
    const isStore = (name: string) => /^(log|view-\d+)\.sqlite/.test(name);
    for (const { parentPath, name } of names) {
      const content = readFileSync(join(parentPath, name), 'latin1');
      const secrets = [
        token,
        adminToken,
        ...unkept,
        ...(isStore(name) ? [] : [stored, 'secretStoredName'.toLowerCase()]),
      ];
      expect([name, secrets.filter((secret) => content.includes(secret))]).toEqual([name, []]);
    }
  });

  it('is in the events too: who caused them by which request', () => {
    const provisioned = data.events.find(({ stream }) => stream === `scim.user-default.${userId}`);
    expect(provisioned?.metadata).toMatchObject({ actor: 'credential:default', requestId, correlationId: requestId });

    const deletion = data.events.find(({ event }) => event.type === 'UserDeprovisioned');
    expect(deletion?.metadata).toMatchObject({ actor: 'credential:default', requestId: deletionId });
    const consequence = data.events.find(({ metadata }) => metadata.actor === 'process:membership-end');
    expect(consequence?.event.type).toBe('GroupMembershipChanged');
    expect(consequence?.metadata).toMatchObject({ requestId: deletionId, causationId: deletion?.eventId });
  });
});
