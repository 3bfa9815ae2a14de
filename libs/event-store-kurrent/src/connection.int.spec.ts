import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { EventStoreUnavailable, beforeFirstPosition } from '#event-store';
import { aliceStream, givenStream, takeEvents } from '#event-store/testing';
import { ConnectionStringRefused } from './connection-settings.js';
import { KurrentEventStore } from './kurrent-event-store.js';
import { LoopbackServer, describeWithFaults, loopbackCertificate } from './testing/index.js';

describeWithFaults('a connection by TLS with a password', () => {
  let server: LoopbackServer;

  beforeEach(async () => {
    server = await LoopbackServer.start({ credentials: { username: 'ledger', password: 'hunter2:&' } });
  });
  afterEach(() => server.stop());

  const open = (login: string, options: string) =>
    KurrentEventStore.open({ connectionString: `esdb://${login}127.0.0.1:${server.endPoint.port}${options}` });
  const trusting = `?tlsCAFile=${encodeURIComponent(loopbackCertificate)}`;

  it('writes, reads and subscribes', async () => {
    const store = await open('ledger:hunter2%3A%26@', trusting);
    await givenStream(store, aliceStream, 2);
    expect(await takeEvents(store, beforeFirstPosition, 2)).toEqual(await store.readStream(aliceStream));
    await store.close();
  });

  it.each([
    { what: 'another password', login: 'ledger:wrong-hunter2@', options: trusting, message: 'Access Denied' },
    { what: 'no password', login: '', options: trusting, message: 'Access Denied' },
    { what: 'a certificate nobody vouches for', login: 'ledger:hunter2%3A%26@', options: '', message: 'self-signed' },
    { what: 'no TLS', login: 'ledger:hunter2%3A%26@', options: '?tls=false', message: 'cannot be read' },
  ])('fails with $what, and does not show the password', async ({ login, options, message }) => {
    const refusal = await open(login, options).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(EventStoreUnavailable);
    expect(String(refusal)).toContain(message);
    expect(JSON.stringify(refusal) + String(refusal) + String((refusal as Error).cause)).not.toContain('hunter2');
  });

  it('is not tried with a string that makes no sense', async () => {
    await expect(open('ledger:hunter2@', '?tls=perhaps')).rejects.toThrow(ConnectionStringRefused);
  });
});
