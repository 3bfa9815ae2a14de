import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import { DataFolderRuns, searchMia } from '../support/data-folder-runs.js';
import { createUser } from '../support/directory-requests.js';
import { ScimClient } from '../support/scim-client.js';
import { type ServerOptions, ServerProcess } from '../support/server-process.js';

/** EX_CONFIG of sysexits.h. */
const wrongConfiguration = 78;

const folder = new DataFolderRuns();

async function expectRefusal(message: RegExp, options: Partial<ServerOptions> = {}): Promise<void> {
  const { code, stderr } = await ServerProcess.refused({ directory: folder.path, ...options });
  expect(stderr).toMatch(/^SCIM Ledger cannot start:\n {2}- /);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(code).toBe(wrongConfiguration);
}

describe('a start is refused in words', () => {
  it('that name every mistake in the configuration at once, and repeat no secret', async () => {
    const environment = {
      PORT: 'http',
      HOST: 'two words',
      PUBLIC_URL: 'ftp://acme.test',
      SCIM_BEARER_TOKEN: 'too-short-a-token',
      ADMIN_TOKEN: 'not allowed: a token with spaces in it',
      LOG_LEVEL: 'loud',
      EVENTSTORE_URL: 'esdb://user:pass-word@acme.test',
      DATABASE_URL: 'postgres://user:pass-word@acme.test',
      KAFKA_BROKERS: 'acme.test',
      KAFKA_PARTITIONS: 'many',
      SCIM_SCHEMAS: join(folder.path, 'missing.json'),
    };
    const { code, stderr } = await ServerProcess.refused({ directory: folder.path, environment });
    expect(code).toBe(wrongConfiguration);
    const named = stderr.split('\n').flatMap((line) => /^ {2}- ([A-Z_]+):? /.exec(line)?.[1] ?? []);
    expect(named.sort()).toEqual(Object.keys(environment).sort());
    for (const secret of ['too-short-a-token', 'with spaces', 'pass-word']) expect(stderr).not.toContain(secret);
  });

  it('where a schema file cannot be read', async () => {
    await expectRefusal(/SCIM_SCHEMAS: .*missing\.json cannot be read/, {
      environment: { SCIM_SCHEMAS: join(folder.path, 'missing.json') },
    });
  });

  it('where another process has the data folder', async () => {
    await folder.start();
    await expectRefusal(/log\.sqlite: another process writes to this event log.*Stop/);
  });

  it('where the data folder cannot be one', async () => {
    const file = join(folder.path, 'file');
    writeFileSync(file, '');
    await expectRefusal(/DATA_DIR .*file/, { directory: file });
    await expectRefusal(/DATA_DIR .*file/, { directory: join(file, 'below') });
  });

  it('where the port is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    await expectRefusal(new RegExp(`cannot listen on 127\\.0\\.0\\.1:${port} .*PORT`), {
      environment: { PORT: String(port) },
    });
    other.close();
    await folder.start();
  });

  it('before a token is kept that nobody has been shown', async () => {
    const unlistenable = { environment: { HOST: 'no-such-host.invalid' } };
    await expectRefusal(/Choose another HOST/, unlistenable);
    const server = await folder.start();
    expect(await searchMia(server, server.token)).toEqual([200, 0]);
    await server.stop();
    await expectRefusal(/Choose another HOST/, { ...unlistenable, args: ['--new-token'] });
    expect(await searchMia(await folder.start(), server.token)).toEqual([200, 0]);
  });

  it.each(['no-such-host.invalid', '192.0.2.1'])('where HOST is not of this machine: %s', async (host) => {
    await expectRefusal(new RegExp(`cannot listen on ${host}:0 \\(\\w+\\)\\. Choose another HOST`), {
      environment: { HOST: host },
    });
  });

  it('where the installation file cannot be read', async () => {
    await folder.useOnce();
    const file = join(folder.path, 'installation.json');
    rmSync(file);
    mkdirSync(file);
    await expectRefusal(/EISDIR.*read/);
  });

  it('where a token is given and another one asked for', async () => {
    await expectRefusal(/--new-token has no effect while SCIM_BEARER_TOKEN is set/, {
      args: ['--new-token'],
      environment: { SCIM_BEARER_TOKEN: 'given-token_0123456789012345678901' },
    });
  });

  it.each(['--newtoken', '--help', 'new-token'])('where an argument says nothing to it: %s', async (argument) => {
    await expectRefusal(/knows no argument but --new-token/, { args: [argument] });
  });

  it('where the log has events and its installation file is missing or damaged', async () => {
    const token = await folder.useOnce();
    const file = join(folder.path, 'installation.json');
    const content = readFileSync(file);
    rmSync(file);
    await expectRefusal(/installation\.json is missing.*Restore it from the backup/);
    writeFileSync(file, content.subarray(0, 20));
    await expectRefusal(/installation\.json is damaged.*Restore it from a backup/);
    writeFileSync(file, content);
    expect(await searchMia(await folder.start(), token)).toEqual([200, 1]);
  });

  it.each([
    ['secret', { nameSecret: '5c5c' }],
    ['credentials', { credentials: [{ id: 'default', tenant: 'default', salt: '5c', digest: '5c' }] }],
  ])('where its installation file has lost a part of its %s', async (_, damage) => {
    await folder.useOnce();
    const file = join(folder.path, 'installation.json');
    writeFileSync(file, JSON.stringify({ ...(JSON.parse(readFileSync(file, 'utf8')) as object), ...damage }));
    await expectRefusal(/installation\.json is damaged.*Restore it from a backup/);
  });

  it('where its installation file is of another installation, and leaves it as it is, also where it is to get another token', async () => {
    const token = await folder.useOnce();
    const file = join(folder.path, 'installation.json');
    const content = readFileSync(file, 'utf8');
    const { nameSecret } = JSON.parse(content) as { nameSecret: string };
    const changed = content.replace(nameSecret, randomBytes(32).toString('hex'));
    writeFileSync(file, changed);
    await expectRefusal(/installation\.json is of another installation.*Restore it from the backup/);
    await expectRefusal(/installation\.json is of another installation/, { args: ['--new-token'] });
    expect(readFileSync(file, 'utf8')).toBe(changed);
    writeFileSync(file, content);
    expect(await searchMia(await folder.start(), token)).toEqual([200, 1]);
  });

  it.each(['log.sqlite', 'membership-end.sqlite', 'view/view-1.sqlite'])(
    'where what should be a database is a folder: %s',
    async (name) => {
      await folder.useOnce();
      rmSync(join(folder.path, name));
      mkdirSync(join(folder.path, name));
      await expectRefusal(/DATA_DIR .* cannot be opened \((unable to open database file|disk I\/O error)\)/);
    },
  );

  const onPosix = process.platform === 'win32' ? it.skip : it;

  onPosix.each(['log.sqlite', 'membership-end.sqlite', 'view/view-1.sqlite'])(
    'where a database may only be read, as it would take no change: %s',
    async (name) => {
      await folder.useOnce();
      chmodSync(join(folder.path, name), 0o444);
      // The superuser may write to whatever it likes.
      const nobody = process.getuid?.() === 0 ? { uid: 65_534 } : undefined;
      const files = ['', ...readdirSync(folder.path, { encoding: 'utf8', recursive: true })];
      if (nobody) for (const file of files) chownSync(join(folder.path, file), nobody.uid, nobody.uid);
      await expectRefusal(new RegExp(`${name} cannot be opened: this user may not read and write it`), nobody);
    },
  );

  it('where the log is damaged, and the file stays as it was', async () => {
    await folder.useOnce();
    const file = join(folder.path, 'log.sqlite');
    truncateSync(file, statSync(file).size - 4096);
    const content = readFileSync(file);
    await expectRefusal(/log\.sqlite: is damaged.*restore it from a backup/);
    expect(readFileSync(file).equals(content)).toBe(true);
  });

  it.each<readonly [string, (log: string) => void]>([
    ['missing', () => undefined],
    ['empty', (log) => writeFileSync(log, '')],
  ])(
    'where the log is %s and its newest events are there, and starts with all of them once it is back',
    async (_, leave) => {
      const token = await folder.useOnce('kill');
      const [log, elsewhere] = [join(folder.path, 'log.sqlite'), join(folder.path, 'elsewhere')];
      renameSync(log, elsewhere);
      leave(log);
      const tail = readFileSync(`${log}-wal`);
      await expectRefusal(/log\.sqlite: is missing or empty, but .*log\.sqlite-wal is there.* Put the log back/);
      expect(readFileSync(`${log}-wal`).equals(tail)).toBe(true);
      renameSync(elsewhere, log);
      expect(await searchMia(await folder.start(), token)).toEqual([200, 1]);
    },
  );

  it.each(['installation.json', 'view', 'membership-end.sqlite'])(
    'where the log is missing and only %s says that there was one',
    async (trace) => {
      await folder.useOnce();
      const kept = join(folder.path, trace);
      renameSync(kept, `${folder.path}-kept`);
      for (const name of readdirSync(folder.path)) rmSync(join(folder.path, name), { recursive: true });
      renameSync(`${folder.path}-kept`, kept);
      await expectRefusal(new RegExp(`log\\.sqlite: is missing or empty, but .*${trace} is there`));
      expect(readdirSync(folder.path)).toEqual([trace]);
    },
  );

  it('where the log has lost all that was ever written to it', async () => {
    await folder.useOnce('kill');
    for (const suffix of ['-wal', '-shm']) rmSync(join(folder.path, `log.sqlite${suffix}`));
    await expectRefusal(/log\.sqlite: is missing or empty, but .*installation\.json is there/);
  });

  it('where the log has lost its newest events, and starts once they are back', async () => {
    const token = await folder.useOnce();
    const server = await folder.start();
    const client = new ScimClient(server.tenantUrl, token);
    await createUser(client, { userName: 'tom@acme.test' });
    expect((await client.get('/Users?count=0')).body['totalResults']).toBe(2);
    await client.close();
    await server.kill();
    const tail = join(folder.path, 'log.sqlite-wal');
    renameSync(tail, `${tail}-kept`);
    await expectRefusal(
      /log\.sqlite ends at position 2, and .* up to 4: .*put them back.*older log is meant.*move .*view/,
    );
    renameSync(`${tail}-kept`, tail);
    expect(await searchMia(await folder.start(), token)).toEqual([200, 1]);
  });

  it('where the log is something else, and the file stays as it was', async () => {
    const file = join(folder.path, 'log.sqlite');
    writeFileSync(file, 'Dear diary, '.repeat(1000));
    await expectRefusal(/log\.sqlite: is not a database/);
    expect(readFileSync(file, 'utf8')).toBe('Dear diary, '.repeat(1000));
    rmSync(file);
    const foreign = new DatabaseSync(file);
    foreign.exec('CREATE TABLE diary (entry TEXT)');
    foreign.close();
    await expectRefusal(/log\.sqlite: belongs to another program/);
  });
});
