import { afterAll, beforeAll } from '@jest/globals';
import { ScimClient } from './scim-client.js';
import { dataDirectory, ServerProcess } from './server-process.js';

/** The server of one spec file; there from its first `beforeAll` on. */
export interface ServerUnderTest {
  readonly server: ServerProcess;
  readonly client: ScimClient;
}

/** Starts a server with a data folder of its own for the calling spec file, and ends and removes both after it. */
export function serverUnderTest(environment: Readonly<Record<string, string>> = {}): ServerUnderTest {
  const directory = dataDirectory();
  let running: ServerUnderTest | undefined;

  beforeAll(async () => {
    const server = await ServerProcess.start({ directory: directory.path, environment });
    running = { server, client: new ScimClient(server.tenantUrl, server.token) };
  });

  afterAll(async () => {
    await running?.client.close();
    await running?.server.stop();
    directory.remove();
  });

  const started = (): ServerUnderTest => {
    if (!running) throw new Error('The server is there only from beforeAll on.');
    return running;
  };
  return {
    get server() {
      return started().server;
    },
    get client() {
      return started().client;
    },
  };
}
