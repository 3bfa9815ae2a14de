import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { EventStoreDBClient, NO_STREAM, jsonEvent } from '@eventstore/db-client';
import { LoopbackServer, describeWithFaults } from './testing/index.js';

/** Why the store does not append as the client would: docs/decisions/event-store-client.md. */
describeWithFaults('the client as it is shipped', () => {
  let server: LoopbackServer;
  let other: LoopbackServer;

  beforeEach(async () => {
    server = await LoopbackServer.start();
    other = await LoopbackServer.start();
  });
  afterEach(() => Promise.all([server.stop(), other.stop()]));

  it.each([
    { how: 'in one call', options: {} },
    { how: 'each in a call of its own', options: { credentials: { username: 'a', password: 'b' } } },
  ])('appends $how, repeats and reads on the loopback server', async ({ options }) => {
    const client = EventStoreDBClient.connectionString(server.connectionString());
    const append = (event: ReturnType<typeof jsonEvent>) =>
      client.appendToStream('stream-1', event, { expectedRevision: NO_STREAM, ...options });
    const event = jsonEvent({ type: 'tried', data: { times: 1 } });
    const answer = await append(event);
    expect(answer).toMatchObject({ success: true, nextExpectedRevision: 0n });
    expect(await append(event)).toEqual(answer);
    const late = append(jsonEvent({ type: 'tried', data: { times: 2 } }));
    await expect(late).rejects.toMatchObject({ type: 'wrong-expected-version', actualVersion: 0n });
    const read: unknown[] = [];
    for await (const { event: found } of client.readAll()) read.push(found?.data);
    expect(read).toEqual([{ times: 1 }]);
    await client.dispose();
  });

  it('fails the appends of every client when one loses its connection, and ends the process at their answers', async () => {
    const program = join(process.cwd(), 'libs/event-store-kurrent/src/testing/shipped-client-process.mjs');
    const strings = [server.connectionString(), other.connectionString()];
    const child = spawn(process.execPath, [program, ...strings], { stdio: ['pipe', 'pipe', 'pipe'] });
    const release = server.faults.holdAnswers();
    other.faults.nextAppends('connection lost after commit');
    await server.log.growth(0, AbortSignal.timeout(20_000));
    child.stdin.write('\n');
    expect(String((await once(child.stdout, 'data'))[0])).toBe('cut: unavailable, held: unavailable\n');
    release();
    expect(await endOf(child)).toEqual({ code: 1, complaint: expect.stringContaining('is not iterable') });
  });
});

async function endOf(child: ChildProcess): Promise<{ code: unknown; complaint: string }> {
  let complaint = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  const [code] = await once(child, 'close');
  return { code, complaint };
}
