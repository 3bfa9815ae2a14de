import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { command, directoryOn, idOf } from '#command-handling/testing';
import { KurrentEventStore, type KurrentEventStoreOptions } from '#event-store-kurrent';
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
    await using resources = new AsyncDisposableStack();
    const { log } = await freshServer(resources);
    const store = await KurrentEventStore.open(log);
    resources.defer(() => store.close());
    await directoryOn(store).provisionUser(command(), idOf('mia'), { userName: 'mia@acme.test' });
    const { stderr, status } = await refusedBy('scim-ingress', log);
    expect(stderr).toMatch(/^SCIM Ledger cannot start:\n {2}- NAME_SECRET is not the one/);
    expect(stderr).not.toContain('ab'.repeat(32));
    expect(status).toBe(wrongConfiguration);
  });

  it.each(['scim-ingress', 'projector'])('where the port is taken, by the %s', async (app) => {
    await using resources = new AsyncDisposableStack();
    const { log } = await freshServer(resources);
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    resources.defer(() => void other.close());
    const { port } = other.address() as AddressInfo;
    const { stderr, status } = await refusedBy(app, log, { PORT: String(port) });
    expect(stderr).toBe(
      `SCIM Ledger cannot start:\n  - It cannot listen on 127.0.0.1:${port} (EADDRINUSE). Choose another PORT.\n`,
    );
    expect(status).toBe(wrongConfiguration);
  });
});

async function freshServer(resources: AsyncDisposableStack) {
  const server = await LoopbackServer.start();
  resources.defer(() => server.stop());
  return { log: freshLog({ connectionString: server.connectionString() }) };
}

/** A start on a log, and on a database that is away. */
async function refusedBy(app: string, log: KurrentEventStoreOptions, besides: Readonly<Record<string, string>> = {}) {
  const started = spawn(process.execPath, [`${root}dist/apps/${app}/src/main.js`], {
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      EVENTSTORE_URL: log.connectionString,
      EVENTSTORE_NAMESPACE: log.namespace,
      DATABASE_URL: 'postgres://nobody@127.0.0.1:9/nowhere',
      NAME_SECRET: 'ab'.repeat(32),
      SCIM_BEARER_TOKEN: 'given-token_0123456789012345678901',
      ...besides,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [stderr, [status]] = await Promise.all([text(started.stderr), once(started, 'exit')]);
  return { stderr, status: status as number | null };
}

describe('a start is refused in words that name every mistake at once', () => {
  it.each([
    ['scim-ingress', { NAME_SECRET: 'short', SCIM_BEARER_TOKEN: 'short' }],
    ['projector', { KAFKA_BROKERS: 'acme.test' }],
  ])('by the %s', (app, besides) => {
    expect([...namedBy(app, besides)].sort()).toEqual(Object.keys({ ...mistakes, ...besides }).sort());
  });
});
