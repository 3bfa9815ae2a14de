import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { answersIn } from '../hostile/raw-http.js';
import { ScimClient } from '../support/scim-client.js';
import { dataDirectory, ServerProcess } from '../support/server-process.js';
import { readStoredData } from '../support/stored-data.js';

let directory: ReturnType<typeof dataDirectory>;
let server: ServerProcess;

beforeEach(async () => {
  directory = dataDirectory();
  server = await ServerProcess.start({ directory: directory.path });
});

afterEach(async () => {
  await server.kill();
  directory.remove();
});

/** Sends the head of a POST and comes back when the server has taken it and waits for the body. */
async function beginPost(body: string): Promise<Socket> {
  const { hostname, port, pathname } = new URL(server.tenantUrl);
  const socket = connect(Number(port), hostname);
  const head = [
    `POST ${pathname}/Users HTTP/1.1`,
    `Host: ${hostname}:${port}`,
    `Authorization: Bearer ${server.token}`,
    'Content-Type: application/scim+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Expect: 100-continue',
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  expect(answer.toString()).toMatch(/^HTTP\/1\.1 100 /);
  return socket;
}

async function untilNobodyListens(): Promise<void> {
  const { hostname, port } = new URL(server.tenantUrl);
  for (;;) {
    const socket = connect(Number(port), hostname);
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (!isOpen) return;
  }
}

describe('a server that is asked to stop', () => {
  it('answers the request that is under way, keeps what it wrote and ends with 0', async () => {
    const body = JSON.stringify({ userName: 'late@acme.test' });
    const socket = await beginPost(body);
    const exitCode = server.stop();
    await untilNobodyListens();
    socket.write(body);
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 201 /);
    expect(await exitCode).toBe(0);

    const { audited } = await readStoredData(directory.path);
    expect([...audited.users.values()]).toMatchObject([{ userName: 'late@acme.test' }]);
  });

  it('answers as ever on connections that were busy, says that it is not ready, and closes them', async () => {
    const bodies = ['first', 'second'].map((name) => JSON.stringify({ userName: `${name}@acme.test` }));
    const sockets = await Promise.all(bodies.map(beginPost));
    const { hostname, pathname } = new URL(server.tenantUrl);
    const next = (path: string) =>
      `GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: Bearer ${server.token}\r\n\r\n`;
    const exitCode = server.stop();
    await untilNobodyListens();
    const [ready, list] = await Promise.all(
      ['/health/ready', `${pathname}/Users?count=0`].map(async (path, index) => {
        const socket = sockets[index] as Socket;
        socket.write(`${bodies[index]}${next(path)}`);
        const [written, asked] = answersIn(await buffer(socket));
        expect(written?.status).toBe(201);
        return asked;
      }),
    );
    expect(ready).toMatchObject({ status: 503, headers: { connection: 'close' } });
    expect(ready?.text).toContain('it is shutting down');
    expect(list).toMatchObject({ status: 200, headers: { connection: 'close' } });
    expect(await exitCode).toBe(0);
  });

  it('ends with 0 under load, having written everything it acknowledged', async () => {
    const client = new ScimClient(server.tenantUrl, server.token, 32);
    const acknowledged: string[] = [];
    let stopping: Promise<number | null> | undefined;
    const lane = async (number: number) => {
      for (let index = 0; ; index++) {
        const userName = `busy-${number}-${index}@acme.test`;
        const reply = await client.post('/Users', { userName }).catch(() => undefined);
        if (reply?.status !== 201) return;
        acknowledged.push(userName);
        if (acknowledged.length === 200) stopping = server.stop();
      }
    };
    await Promise.all(Array.from({ length: 32 }, (_, number) => lane(number)));
    expect(await stopping).toBe(0);
    await client.close();

    const { audited, view } = await readStoredData(directory.path);
    const names = new Set([...audited.users.values()].map(({ userName }) => userName));
    expect(acknowledged.filter((name) => !names.has(name))).toEqual([]);
    expect(view.rows).toEqual(view.expected);
  });

  it('ends although a client that sent no HTTP leaves its connection open', async () => {
    const { hostname, port } = new URL(server.tenantUrl);
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    socket.write('GARBAGE\r\n\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 400 /);
    const begin = performance.now();
    expect(await server.stop()).toBe(0);
    expect(performance.now() - begin).toBeLessThan(5_000);
    socket.destroy();
  });

  it('ends although clients keep idle connections open', async () => {
    const client = new ScimClient(server.tenantUrl, server.token, 4);
    await Promise.all(Array.from({ length: 4 }, () => client.get('/ServiceProviderConfig')));
    expect(await server.stop()).toBe(0);
    await client.close();
  });
});
