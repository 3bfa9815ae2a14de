import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Created, createUser } from '../support/directory-requests.js';
import { serverUnderTest } from '../support/server-under-test.js';
import { answerProblems } from './answer-problems.js';
import { hostileBytes } from './arbitrary-bytes.js';
import { fuzzRuns } from './fuzz-runs.js';
import { answersIn, exchangeBytes } from './raw-http.js';

const scim = serverUnderTest();
let known: Created;

beforeAll(async () => {
  known = await createUser(scim.client);
});

const isBrief = /^(HEAD|head) /;

describe('whatever bytes are sent to the server', () => {
  it('are answered with HTTP, or with the end of the connection', async () => {
    const { server, client } = scim;
    const base = new URL(server.tenantUrl).pathname;
    const bytes = hostileBytes({ base, token: server.token, userPath: known.path });
    const property = fc.asyncProperty(bytes, async (sent) => {
      const text = Buffer.from(sent).toString('latin1');
      if (isBrief.test(text)) return;
      const answers = answersIn(await exchangeBytes(server.origin, sent));
      const ofTenant = answers.filter(({ headers }) => headers['content-type']?.includes('scim'));
      const problems = [
        ...ofTenant.flatMap((reply) => answerProblems('', reply)),
        // 501 is for methods that nobody knows.
        ...answers.filter(({ status }) => status >= 500 && status !== 501).map(({ status }) => `failed with ${status}`),
      ];
      expect(problems).toEqual([]);
    });
    await fc.assert(property, fuzzRuns());
    expect((await client.get(known.path)).status).toBeLessThan(500);
    expect(server.errors()).toBe('');
  }, 600_000);
});
