import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { HttpAdapterHost } from '@nestjs/core';
import { Draining } from './draining.js';

let server: Server;
let client: Socket;

beforeEach(async () => {
  server = createServer((request, response) => void request.resume().on('end', () => response.end()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  client = connect((server.address() as AddressInfo).port, '127.0.0.1');
});

afterEach(() => {
  client.destroy();
  server.close();
  server.closeAllConnections();
});

function draining(deadline: number): Draining {
  return new Draining({ httpAdapter: { getHttpServer: () => server } } as unknown as HttpAdapterHost, deadline);
}

/** Begins a request that never ends, and waits until the server has it. */
async function stall(): Promise<void> {
  client.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf');
  await once(server, 'request');
}

/** @returns what the client was sent before its connection ended. */
async function untilCutOff(): Promise<string> {
  const received: Buffer[] = [];
  // Whether it ends with a reset is up to the system.
  client.on('data', (chunk: Buffer) => received.push(chunk)).on('error', () => undefined);
  await new Promise<void>((resolve) => void client.once('close', () => resolve()));
  return Buffer.concat(received).toString();
}

describe('draining', () => {
  it('cuts a client off, without an answer, whose request has not ended by the deadline', async () => {
    await stall();
    const seen = untilCutOff();
    const process = draining(20);
    process.beforeApplicationShutdown();
    server.close();
    await once(server, 'close');
    process.onApplicationShutdown();
    expect(await seen).toBe('');
  });

  it('lets a request end that does so before the deadline', async () => {
    await stall();
    const process = draining(60_000);
    process.beforeApplicationShutdown();
    server.close();
    client.write('&half.');
    const [answer] = (await once(client, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 200 /);
    await once(server, 'close');
    process.onApplicationShutdown();
  });

  it('says that the process takes no more requests, from its begin on', () => {
    const process = draining(60_000);
    expect(process.problem()).toBeUndefined();
    process.beforeApplicationShutdown();
    expect(process.problem()).toBe('it is shutting down');
    process.onApplicationShutdown();
  });
});
