import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { command, directoryOn, idOf } from '#command-handling/testing';
import { KurrentEventStore } from '#event-store-kurrent';
import { freshLog, LoopbackServer } from '#event-store-kurrent/testing';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** EX_CONFIG of sysexits.h. */
const wrongConfiguration = 78;

const mistakes = {
  PORT: 'http',
  EVENTSTORE_URL: 'esdb://user:pass-word@acme.test?tls=perhaps',
  EVENTSTORE_NAMESPACE: 'Acme',
  DATABASE_URL: 'mysql://user:pass-word@acme.test',
  SCIM_SCHEMAS: '/nowhere/schemas.json',
};

/** The variables that a start of the compiled process names as wrong, of those above and what it has besides. */
function namedBy(app: string, besides: Readonly<Record<string, string>>): readonly string[] {
  const env = { PATH: process.env['PATH'], ...mistakes, ...besides };
  const program = `${root}dist/apps/${app}/src/main.js`;
  const { status, stderr } = spawnSync(process.execPath, [program], { env, encoding: 'utf8' });
  expect(status).toBe(wrongConfiguration);
  expect(stderr).not.toContain('pass-word');
  return stderr.split('\n').flatMap((line) => /^ {2}- ([A-Z_]+):? /.exec(line)?.[1] ?? []);
}

describe('a start is refused in words', () => {
  it('where the names in the log were claimed with another secret', async () => {
    const server = await LoopbackServer.start();
    const log = freshLog({ connectionString: server.connectionString() });
    const store = await KurrentEventStore.open(log);
    await directoryOn(store).provisionUser(command(), idOf('mia'), { userName: 'mia@acme.test' });
    const ingress = spawn(process.execPath, [`${root}dist/apps/scim-ingress/src/main.js`], {
      env: {
        PATH: process.env['PATH'],
        PORT: '0',
        EVENTSTORE_URL: log.connectionString,
        EVENTSTORE_NAMESPACE: log.namespace,
        DATABASE_URL: 'postgres://nobody@127.0.0.1:9/nowhere',
        NAME_SECRET: 'ab'.repeat(32),
        SCIM_BEARER_TOKEN: 'given-token_0123456789012345678901',
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const [stderr, [status]] = await Promise.all([text(ingress.stderr), once(ingress, 'exit')]);
    expect(stderr).toMatch(/^SCIM Ledger cannot start:\n {2}- NAME_SECRET is not the one/);
    expect(stderr).not.toContain('ab'.repeat(32));
    expect(status).toBe(wrongConfiguration);
    await store.close();
    await server.stop();
  });
});

describe('a start is refused in words that name every mistake at once', () => {
  it.each([
    ['scim-ingress', { NAME_SECRET: 'short', SCIM_BEARER_TOKEN: 'short' }],
    ['projector', { KAFKA_BROKERS: 'acme.test' }],
  ])('by the %s', (app, besides) => {
    expect([...namedBy(app, besides)].sort()).toEqual(Object.keys({ ...mistakes, ...besides }).sort());
  });
});
