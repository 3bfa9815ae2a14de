import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ScimClient, type ScimReply } from '../support/scim-client.js';
import { dataDirectory, ServerProcess } from '../support/server-process.js';
import { readStoredData } from '../support/stored-data.js';
import { answerProblems } from './answer-problems.js';
import { hostileRequest, type HostileRequest } from './arbitrary-request.js';
import { Cast } from './cast.js';
import { CausedEvents } from './caused-events.js';
import { fuzzRuns } from './fuzz-runs.js';
import { secret } from './hostile-values.js';

const token = 'a-token-that-the-server-never-writes-down';
const directory = dataDirectory();
let server: ServerProcess;
let client: ScimClient;
let cast: Cast;
let caused: CausedEvents;

beforeAll(async () => {
  const environment = { SCIM_BEARER_TOKEN: token, LOG_LEVEL: 'info' };
  server = await ServerProcess.start({ directory: directory.path, environment });
  client = new ScimClient(server.tenantUrl, token);
  cast = await Cast.assemble(client);
  caused = new CausedEvents(directory.path);
});

afterAll(async () => {
  caused.close();
  await client.close();
  await server.kill();
  directory.remove();
});

/** How often each status was answered. */
const answered = new Map<number, number>();
let sent = 0;

async function problemsOf({ method, path, headers, body }: HostileRequest): Promise<string[]> {
  const requestId = `hostile-${++sent}`;
  const before = caused.head();
  const reply = await client.send(method, path, { headers: { ...headers, 'x-request-id': requestId }, body });
  const { status } = reply;
  answered.set(status, (answered.get(status) ?? 0) + 1);
  const events = caused.of(requestId, before);
  const mayWrite = status < 300 && method !== 'GET' && method !== 'HEAD';
  const problems = [
    ...answerProblems(method, reply),
    ...(events.length > 0 && !mayWrite ? [`was answered ${status} and wrote ${events.join()}`] : []),
    ...(events.length === 0 && status === 201 ? ['was answered 201 and wrote nothing'] : []),
    ...(status === 201 || status === 200 ? await echoProblems(path, reply) : []),
  ];
  const mayHaveDeleted = status === 204 || path.startsWith('/Bulk');
  if (mayHaveDeleted) await cast.complete();
  return problems;
}

/** What is answered about a resource as a whole has to be what is read of it. */
async function echoProblems(path: string, { text, headers, body }: ScimReply): Promise<string[]> {
  const { location } = (body['meta'] ?? {}) as { location?: string };
  if (location === undefined || path.includes('?') || !/\/(Users|Groups)\//.test(location)) return [];
  const read = await client.get(location.slice(server.tenantUrl.length));
  const isSame = read.text === text && read.headers['etag'] === headers['etag'];
  return isSame ? [] : [`was answered ${text}, and is ${read.text}`];
}

describe('whatever is asked of the server', () => {
  it('is answered by what it is, or by a SCIM error and no change', async () => {
    const property = fc.asyncProperty(hostileRequest(cast), async (request) => {
      expect(await problemsOf(request)).toEqual([]);
    });
    await fc.assert(property, fuzzRuns());
  }, 600_000);

  it('was of every kind', () => {
    expect([...answered.keys()].sort()).toEqual(expect.arrayContaining([200, 201, 204, 400, 401, 404, 405, 415]));
  });

  it('leaves no secret in what the server writes about it, and no failure', () => {
    const lines = (server.output() + server.errors()).split('\n');
    const unwanted = [token, secret, '"level":"error"', '"level":"fatal"', '"status":500'];
    expect(lines.filter((line) => unwanted.some((text) => line.includes(text)))).toEqual([]);
    expect(lines.filter((line) => line.includes('"requestId":"hostile-')).length).toBeGreaterThan(
      fuzzRuns().numRuns / 2,
    );
  });

  it('leaves a log and a view that are in order', async () => {
    // A whole list waits until the view has everything; what nobody asks about may wait for the next start.
    expect((await client.get('/Users?count=1')).status).toBe(200);
    await server.stop();
    const { events, view } = await readStoredData(directory.path);
    expect(view.checkpoint).toBe(events.at(-1)?.position);
    expect(view.rows).toEqual(view.expected);
  });
});
