import { randomUUID } from 'node:crypto';
import { describe } from '@jest/globals';
import { KurrentEventStore, type KurrentEventStoreOptions } from '../kurrent-event-store.js';
import { LoopbackServer } from './loopback-server.js';

/** A real server that tests shall run on instead of the loopback server, by its connection string. */
export const realServer = process.env['TEST_EVENTSTORE_URL'];

export interface ServerUnderTest {
  readonly connectionString: string;
  stop(): Promise<void>;
}

export async function startServerUnderTest(): Promise<ServerUnderTest> {
  if (realServer !== undefined) return { connectionString: realServer, stop: async () => {} };
  const server = await LoopbackServer.start();
  return { connectionString: server.connectionString(), stop: () => server.stop() };
}

/** What a test needs to have a log of its own, whoever else uses the server. */
export function freshLog({ connectionString }: Pick<ServerUnderTest, 'connectionString'>): KurrentEventStoreOptions {
  return { connectionString, namespace: `test${randomUUID().replaceAll('-', '')}` };
}

/** Tests of faults, which only the loopback server can be made to have. */
export function describeWithFaults(title: string, tests: () => void): void {
  if (realServer === undefined) return describe(title, tests);
  process.stderr.write(`!! "${title}" is SKIPPED: a real server cannot be made to fail on demand.\n`);
  describe.skip(title, tests);
}

/** Stores over one loopback server, which are closed before it is stopped. */
export class LoopbackStores {
  readonly #stores: KurrentEventStore[] = [];

  private constructor(readonly server: LoopbackServer) {}

  static async start(options?: Parameters<typeof LoopbackServer.start>[0]): Promise<LoopbackStores> {
    return new LoopbackStores(await LoopbackServer.start(options));
  }

  /** @param options more of the connection string */
  async open(options?: string, server = this.server): Promise<KurrentEventStore> {
    const store = await KurrentEventStore.open({ connectionString: server.connectionString(options) });
    this.#stores.push(store);
    return store;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#stores.map((store) => store.close()));
    await this.server.stop();
  }
}
