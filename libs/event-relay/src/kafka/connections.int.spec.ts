import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Connections } from './connections.js';

describe('the connections of a client of the brokers', () => {
  let server: Server;
  let accepted: Socket[];

  beforeEach(async () => {
    accepted = [];
    server = createServer((socket) => {
      accepted.push(socket.on('error', () => undefined));
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });
  afterEach(async () => {
    for (const socket of accepted) socket.destroy();
    await once(server.close(), 'close');
  });

  async function open(connections: Connections): Promise<Socket> {
    const connected = Promise.withResolvers<void>();
    const { port } = server.address() as AddressInfo;
    const ssl = undefined as never;
    const socket = connections.open({ host: '127.0.0.1', port, ssl, onConnect: () => connected.resolve() });
    await connected.promise;
    return socket;
  }

  it('end at once, and tell those who wait for answers', async () => {
    const connections = new Connections();
    const sockets = [await open(connections), await open(connections)];
    const failures = sockets.map((socket) => once(socket, 'error'));
    connections.end();
    expect((await Promise.all(failures)).map(([error]) => (error as Error).message)).toEqual([
      'This client has ended',
      'This client has ended',
    ]);
  });

  it('are not opened again after that', async () => {
    const connections = new Connections();
    connections.end();
    await expect(open(connections)).rejects.toThrow('This client has ended');
  });
});
