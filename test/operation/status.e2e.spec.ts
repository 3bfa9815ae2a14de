import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SqliteEventStore } from '#event-store-sqlite';
import type { StreamName } from '#event-store';
import { createUser } from '../support/directory-requests.js';
import { operate, type OperatorAnswer } from '../support/operator-process.js';
import { ScimClient } from '../support/scim-client.js';
import { dataDirectory, ServerProcess } from '../support/server-process.js';

const folder = dataDirectory();
let server: ServerProcess;

const status = (...args: readonly string[]): Promise<OperatorAnswer> =>
  operate({ DATA_DIR: folder.path }, 'status', ...args);

async function start(): Promise<void> {
  server = await ServerProcess.start({ directory: folder.path });
}

beforeAll(start);
afterAll(async () => {
  await server.stop();
  folder.remove();
});

describe('an operator who asks how a server is', () => {
  it('hears that all is well while it runs, and the server does not notice', async () => {
    const client = new ScimClient(server.tenantUrl, server.token);
    const answers = Array.from({ length: 4 }, () => status());
    for (let user = 0; user < 50; user++) await createUser(client);
    await client.close();
    for (const { code, stdout, stderr } of await Promise.all(answers)) {
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(/^All is well\.\n[\s\S]*leader +the server runs\n/);
    }
    expect(server.errors()).toBe('');
    const { stdout } = await status('--json');
    expect(JSON.parse(stdout)).toMatchObject({ healthy: true, composition: 'embedded', log: { head: '100' } });
  });

  it('hears that it does not run', async () => {
    await server.stop();
    expect(await status()).toMatchObject({ code: 1, stdout: expect.stringContaining('No server runs') });
  });

  it('hears at which event the view has stopped, also after the server was killed', async () => {
    const id = randomUUID();
    const log = SqliteEventStore.open({ file: `${folder.path}/log.sqlite` });
    const event = { id, type: 'user.abducted', data: {}, metadata: {} };
    const stream = 'scim.user-default.abducted' as StreamName;
    await log.append([{ stream, expected: 'no-stream', events: [event] }]);
    await log.close();
    await start();
    const stopped = new RegExp(`directory-view has stopped at event ${id} \\(user\\.abducted, position 101\\)`);
    let answer = await status();
    while (!stopped.test(answer.stdout)) answer = await status();
    expect(answer.code).toBe(1);
    await server.kill();
    expect(await status()).toMatchObject({ code: 1, stdout: expect.stringMatching(stopped) });
  });

  it('hears what is wrong with the question', async () => {
    const nowhere = await operate({ DATA_DIR: `${folder.path}/nowhere` }, 'status');
    expect(nowhere).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('there is no event log') });
    const half = await operate({ DATABASE_URL: 'mysql://scim:pass-word@db' }, 'status');
    expect(half.code).toBe(78);
    expect(half.stderr).toMatch(
      /^SCIM Ledger cannot start:\n {2}- EVENTSTORE_URL must .*\n {2}- DATABASE_URL must .*\n$/,
    );
    expect(half.stderr).not.toContain('pass-word');
    expect(await operate({}, 'status', '--loud')).toMatchObject({
      code: 64,
      stderr: expect.stringContaining('--loud'),
    });
  });
});
