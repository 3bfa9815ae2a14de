import { cpSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import { prepareInstallation } from '../../apps/standalone/src/installation/prepare-installation.js';
import { SqliteEventStore } from '#event-store-sqlite';
import { DataFolderRuns, searchMia } from '../support/data-folder-runs.js';
import { createUser } from '../support/directory-requests.js';
import { ScimClient } from '../support/scim-client.js';

const folder = new DataFolderRuns();

/** Starts a server, makes users and stops it. */
async function provision(token: string, userNames: readonly string[], then?: (client: ScimClient) => Promise<void>) {
  const server = await folder.start();
  const client = new ScimClient(server.tenantUrl, token);
  for (const userName of userNames) await createUser(client, { userName });
  await then?.(client);
  await client.close();
  await server.stop();
}

describe('the first start', () => {
  it("shows what Entra's form asks for: tenant URL and secret token", async () => {
    const server = await folder.start();
    expect(server.tenantUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/tenants\/default\/scim\/v2$/);
    expect(server.token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(await searchMia(server, server.token)).toEqual([200, 0]);
  });

  it('keeps its files from other users of the machine', async () => {
    await folder.useOnce();
    expect(statSync(join(folder.path, 'installation.json')).mode & 0o777).toBe(0o600);
  });

  it('shows the public address where one is configured', async () => {
    const server = await folder.start({ environment: { PUBLIC_URL: 'https://scim.acme.test/' } });
    expect(server.tenantUrl).toBe('https://scim.acme.test/tenants/default/scim/v2');
  });
});

describe('a first start that was cut short', () => {
  const file = (name: string) => join(folder.path, name);
  const log = () => file('log.sqlite');
  const inLog = (statement: string) => {
    const database = new DatabaseSync(log());
    database.exec(statement);
    database.close();
  };
  const prepare = async () => {
    const store = SqliteEventStore.open({ file: log() });
    await prepareInstallation({
      file: file('installation.json'),
      givenToken: undefined,
      renewToken: false,
      log: store,
    });
    await store.close();
  };
  /** What a start makes, in its order. */
  const points: readonly (readonly [made: string, make: () => unknown])[] = [
    ['nothing', () => rmSync(folder.path, { recursive: true })],
    ['the folder', () => mkdirSync(folder.path)],
    ["the log's file", () => writeFileSync(log(), '')],
    ["the lock's file", () => writeFileSync(file('log.sqlite.lock'), '')],
    ["the log's first page", () => inLog('PRAGMA journal_mode = WAL')],
    ["half of the log's tables", () => writeFileSync(`${log()}-wal`, 'half of a transaction')],
    ['the log', () => SqliteEventStore.open({ file: log() }).close()],
    ['half of the installation file', () => writeFileSync(file('installation.json.new'), '{')],
    ['the installation file', prepare],
    ["the view's folder", () => mkdirSync(file('view'))],
  ];

  it.each(points.map(([made], index) => [made, index] as const))('is made up for after %s', async (_, last) => {
    for (const [, make] of points.slice(0, last + 1)) await make();
    const server = await folder.start({ args: ['--new-token'] });
    expect(await searchMia(server, server.token)).toEqual([200, 0]);
  });
});

describe('a later start', () => {
  it('keeps data and token, and does not show the token again', async () => {
    const token = await folder.useOnce();
    const server = await folder.start();
    expect(server.output()).not.toContain(token);
    expect(server.output()).toContain('npm start -- --new-token');
    expect(await searchMia(server, token)).toEqual([200, 1]);
  });

  it('makes another token with --new-token, and the former one is no longer good', async () => {
    const former = await folder.useOnce();
    const server = await folder.start({ args: ['--new-token'] });
    expect(server.token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(await searchMia(server, server.token)).toEqual([200, 1]);
    expect(await searchMia(server, former)).toEqual([401, undefined]);
  });

  it('takes SCIM_BEARER_TOKEN in place of the kept token, as long as it is set', async () => {
    const kept = await folder.useOnce();
    const given = 'given-token_0123456789012345678901';
    const server = await folder.start({ environment: { SCIM_BEARER_TOKEN: given } });
    expect(server.output()).not.toContain(given);
    expect(await searchMia(server, given)).toEqual([200, 1]);
    expect(await searchMia(server, kept)).toEqual([401, undefined]);
    await server.stop();

    const without = await folder.start();
    expect(await searchMia(without, kept)).toEqual([200, 1]);
    expect(await searchMia(without, given)).toEqual([401, undefined]);
  });

  it('builds the view anew where it knows events that a restored log, which has grown since, does not have', async () => {
    const token = await folder.useOnce();
    const file = (name: string) => join(folder.path, name);
    cpSync(file('log.sqlite'), file('backup.sqlite'));
    await provision(token, ['of-the-lost-log']);
    cpSync(file('view'), file('lost-view'), { recursive: true });
    rmSync(file('view'), { recursive: true });
    cpSync(file('backup.sqlite'), file('log.sqlite'));
    rmSync(file('membership-end.sqlite'));
    await provision(token, ['of-the-restored-log', 'another']);
    rmSync(file('view'), { recursive: true });
    cpSync(file('lost-view'), file('view'), { recursive: true });
    await provision(token, [], async (client) => {
      const { body } = await client.find('/Users', 'userName co "restored" or userName co "lost"');
      expect(body['Resources']).toMatchObject([{ userName: 'of-the-restored-log' }]);
    });
  });
});
