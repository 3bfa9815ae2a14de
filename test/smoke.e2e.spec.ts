import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { patchOp, ScimClient } from './support/scim-client.js';
import { dataDirectory, ServerProcess } from './support/server-process.js';

const directory = dataDirectory();
let server: ServerProcess;
let client: ScimClient;

beforeAll(async () => {
  server = await ServerProcess.start({ directory: directory.path });
  client = new ScimClient(server.tenantUrl, server.token);
});

afterAll(async () => {
  await client.close();
  await server.stop();
  directory.remove();
});

describe('a started server', () => {
  it('creates, finds, changes and deletes a user', async () => {
    const created = await client.post('/Users', { userName: 'mia@acme.test', active: 'True' });
    expect(created.status).toBe(201);
    const path = `/Users/${String(created.body['id'])}`;
    expect((await client.find('/Users', 'userName eq "MIA@acme.test"')).body).toMatchObject({ totalResults: 1 });
    const patched = await client.patch(path, patchOp({ op: 'Replace', path: 'active', value: 'False' }));
    expect(patched.body).toMatchObject({ active: false });
    expect((await client.delete(path)).status).toBe(204);
    expect((await client.get(path)).status).toBe(404);
  });
});
