import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { conditionOf } from './postgres-condition.js';

const withCode = (code: string) => Object.assign(new Error('of the driver'), { code });

describe('what an error of PostgreSQL says', () => {
  it.each([
    '57P01',
    '57P03',
    '08006',
    '53300',
    '53100',
    '57014',
    '55000',
    '55P03',
    '40P01',
    '25006',
    '28P01',
    '42P01',
    '58030',
  ])('is that the database is away: %s', (state) => expect(conditionOf(withCode(state))).toBe('away'));

  it.each(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EPIPE', 'EADDRNOTAVAIL', 'EMFILE'])(
    'is that it cannot be reached: %s',
    (code) => {
      expect(conditionOf(withCode(code))).toBe('away');
    },
  );

  it.each([
    'CERT_HAS_EXPIRED',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'ERR_SSL_WRONG_VERSION_NUMBER',
  ])('is that it is not the server it has to be, or not yet: %s', (code) => {
    expect(conditionOf(withCode(code))).toBe('away');
  });

  it.each([
    ['refuses', 'E'],
    ['knows nothing of TLS', 'N'],
    ['is another', 'HTTP/1.1 400 Bad Request'],
  ])('is that it is away where whoever answers in its place %s', async (_, answer) => {
    const server = createServer((socket) => socket.on('error', () => undefined).once('data', () => socket.end(answer)));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const client = new pg.Client({ connectionString: `postgres://a:b@127.0.0.1:${port}/c?sslmode=verify-full` });
    client.on('error', () => undefined);
    expect(await client.connect().catch(conditionOf)).toBe('away');
    server.close();
  });

  it.each([
    'Connection terminated unexpectedly',
    'timeout exceeded when trying to connect',
    'Client has encountered a connection error and is not queryable',
    'Query read timeout',
  ])('is the same where the driver has no code for it: %s', (message) => {
    expect(conditionOf(new Error(message))).toBe('away');
  });

  it.each(['XX001', 'XX002'])('is that its data is damaged: %s', (state) => {
    expect(conditionOf(withCode(state))).toBe('damaged');
  });

  it.each(['42601', '22P02', '23505', '42501'])('is nothing of the kind where a statement is wrong: %s', (state) => {
    expect(conditionOf(withCode(state))).toBe('broken');
  });

  it('is nothing where it is no error of it at all', () => {
    for (const other of [undefined, null, 'away', new TypeError('undefined is not a function')]) {
      expect(conditionOf(other)).toBe('broken');
    }
  });
});
