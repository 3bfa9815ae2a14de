import { hostname } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createUser } from '../support/directory-requests.js';
import { operate, type OperatorAnswer } from '../support/operator-process.js';
import { Installation } from './installation.js';

let installation: Installation;

beforeAll(async () => {
  installation = await Installation.start({ projectors: 2 });
});
afterAll(() => installation?.stop());

function status(...args: readonly string[]): Promise<OperatorAnswer> {
  const { connectionString, namespace = '' } = installation.log;
  const environment = {
    EVENTSTORE_URL: connectionString,
    EVENTSTORE_NAMESPACE: namespace,
    DATABASE_URL: installation.database.url,
  };
  return operate(environment, 'status', ...args);
}

async function leader(): Promise<{ readonly isRunning: boolean; readonly holder?: string }> {
  const { stdout } = await status('--json');
  return (JSON.parse(stdout) as { leader: { isRunning: boolean; holder?: string } }).leader;
}

describe('an operator who asks how an installation of several processes is', () => {
  it('hears that all is well, and which process leads', async () => {
    const [client] = await installation.clients();
    await createUser(client);
    const { pid } = await installation.leader();
    const { code, stdout, stderr } = await status();
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/generation 1 \(live\), version \S+, at position \d+, up to date/);
    expect(stdout).toMatch(new RegExp(`leader +${hostname()} process ${pid} \\S+, since 20`));
    expect(stdout).not.toContain(new URL(installation.database.url).password);
  });

  it('hears which one leads after a takeover', async () => {
    const former = await installation.leader();
    await former.kill();
    const next = await installation.leader();
    expect((await leader()).holder).toContain(`process ${next.pid} `);
  });

  it('hears that nobody leads', async () => {
    await (await installation.leader()).stop();
    const { code, stdout } = await status();
    expect([code, stdout]).toEqual([1, expect.stringContaining('No projector leads')]);
  });
});
