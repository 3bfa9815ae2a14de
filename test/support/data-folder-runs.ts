import { afterEach, beforeEach } from '@jest/globals';
import { createUser } from './directory-requests.js';
import { ScimClient } from './scim-client.js';
import { dataDirectory, type ServerOptions, ServerProcess } from './server-process.js';

/** Starts and stops servers on one data folder, which is another one for every test. */
export class DataFolderRuns {
  #directory = { path: '', remove: () => {} };
  readonly #started: ServerProcess[] = [];

  /** To be called where the tests of a spec file are described. */
  constructor() {
    beforeEach(() => {
      this.#directory = dataDirectory();
    });
    afterEach(async () => {
      await Promise.all(this.#started.splice(0).map((server) => server.kill()));
      this.#directory.remove();
    });
  }

  get path(): string {
    return this.#directory.path;
  }

  async start(options: Partial<ServerOptions> = {}): Promise<ServerProcess> {
    const server = await ServerProcess.start({ directory: this.path, ...options });
    this.#started.push(server);
    return server;
  }

  /**
   * Leaves a data folder with the user mia@acme.test in it, and no server.
   *
   * @param end killed: she is in the log's `-wal` alone.
   * @returns the token it was made with
   */
  async useOnce(end: 'stop' | 'kill' = 'stop'): Promise<string> {
    const server = await this.start();
    const client = new ScimClient(server.tenantUrl, server.token);
    await createUser(client, { userName: 'mia@acme.test' });
    await client.close();
    await server[end]();
    return server.token;
  }
}

/** Looks for mia@acme.test. @returns the status and how many users were found */
export async function searchMia(
  server: ServerProcess,
  token: string,
): Promise<readonly [status: number, found: unknown]> {
  const client = new ScimClient(server.tenantUrl, token);
  const { status, body } = await client.find('/Users', 'userName eq "mia@acme.test"');
  await client.close();
  return [status, body['totalResults']];
}
