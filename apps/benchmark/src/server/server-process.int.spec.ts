import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ServerProcess } from './server-process.js';
import { bareIn, whileRunning } from './start-servers.js';

const folder = mkdtempSync(join(tmpdir(), 'scim-ledger-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a server under load', () => {
  it('takes a port of its own where others start at the same time', async () => {
    const servers = await Promise.all([1, 2, 3].map(() => ServerProcess.start(bareIn(folder, undefined))));
    try {
      expect(new Set(servers.map(({ port }) => port)).size).toBe(3);
    } finally {
      await Promise.all(servers.map((server) => server.stop()));
    }
  });

  it('that ends in the middle of the work is named in the error, with what it said last', async () => {
    const work = whileRunning(bareIn(folder, undefined), async (server) => {
      process.kill(server.pid, 'SIGKILL');
      for (;;) {
        await server.text('/health/ready');
        await sleep(1);
      }
    });
    await expect(work).rejects.toThrow(
      /The server (runs|ended \(SIGKILL\)) and said last:\nThe bare server is at http/,
    );
  });
});
