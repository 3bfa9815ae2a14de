import { afterEach, describe, expect, it } from '@jest/globals';
import { compareWithServer, defaultOptions, ExpectedDirectory, openClient, simulate } from './simulator.js';
import { type Faults, operationsSeen, rawFilters, ScimTestServer } from './testing/scim-test-server.js';

const small = {
  ...defaultOptions,
  users: 60,
  groups: 6,
  members: 12,
  connections: 4,
  retryDelayMs: 0,
  timeoutMs: 2000,
};

describe('a simulated run', () => {
  let server: ScimTestServer;
  const against = async (faults: Faults = {}) => {
    server = await ScimTestServer.start(faults);
    return { ...small, url: server.url, token: server.token };
  };
  afterEach(() => server.stop());

  for (const dialect of ['default', 'compliant', 'both'] as const) {
    it(`is clean against a correct server in the ${dialect} dialect`, async () => {
      const report = await simulate({ ...(await against()), dialect });
      expect(report.failures).toEqual([]);
      expect(report.comparison?.differences).toEqual([]);
      expect(report.clean).toBe(true);
      expect(report.comparison?.memberships).toBeGreaterThan(30);
      expect(report.comparison?.deleted).toBeGreaterThan(3);
    });
  }

  it('finds the people and groups of an earlier run with the same seed, and is clean again', async () => {
    const options = await against();
    await simulate(options);
    const usersBefore = server.resources.Users.size;
    const report = await simulate({ ...options, users: 80, cycles: 2 });
    expect(report.failures).toEqual([]);
    expect(report.comparison?.differences).toEqual([]);
    expect(server.resources.Users.size).toBeLessThan(usersBefore + 40);
  });

  it('sends the same writes whenever the seed is the same', async () => {
    const writes = async () => {
      const options = await against();
      await simulate({ ...options, connections: 1 });
      await server.stop();
      const sent = server.seen.filter(({ method }) => method !== 'GET');
      return sent.map(({ method, target, body }) => {
        return { method, target, body: JSON.stringify(body ?? null).replaceAll(options.url, '') };
      });
    };
    const first = await writes();
    expect(await writes()).toEqual(first);
  });

  it('shows every kind of change within three cycles', async () => {
    const report = await simulate(await against());
    expect(report.phases.map(({ phase }) => phase)).toEqual([
      'test connection',
      ...['initial cycle', 'cycle 1', 'cycle 2', 'cycle 3'].flatMap((cycle) =>
        ['users', 'groups', 'managers', 'memberships'].map((phase) => `${cycle}: ${phase}`),
      ),
      'comparison',
    ]);
    const operations = operationsSeen(server.seen);
    const has = (path: string, value?: unknown) =>
      operations.some(
        (operation) => operation['path'] === path && (value === undefined || operation['value'] === value),
      );
    expect(has('active', 'False')).toBe(true);
    expect(has('active', 'True')).toBe(true);
    expect(has('userName')).toBe(true);
    expect(has('displayName')).toBe(true);
    const deletedNames = server.seen.filter(({ method }) => method === 'DELETE');
    expect(deletedNames.some(({ target }) => target.includes('/Users/'))).toBe(true);
    expect(deletedNames.some(({ target }) => target.includes('/Groups/'))).toBe(true);
    const posted = server.seen.filter(({ method }) => method === 'POST').map(({ body }) => body?.['userName']);
    const again = posted.filter((name, index) => name !== undefined && posted.indexOf(name) < index);
    expect(again.length).toBeGreaterThan(0);
  });

  it('speaks as Entra does on the wire', async () => {
    await simulate({ ...(await against()), cycles: 0 });
    for (const { headers, body } of server.seen) {
      expect(headers.authorization).toBe(`Bearer ${server.token}`);
      expect(headers['content-type']).toBe(body && 'application/scim+json; charset=utf-8');
    }
    for (const filter of rawFilters(server.seen)) expect(filter).toMatch(/^[A-Za-z]+\+eq\+%22[^ "@]*%22$/);
    const firstPost = server.seen.findIndex(({ method }) => method === 'POST');
    expect(server.seen[0]?.target).toMatch(/Users\?filter=userName\+eq\+%22[0-9a-f-]{36}%22$/);
    expect(firstPost).toBeGreaterThan(3);
  });

  it('fills a large group by several PATCHes side by side', async () => {
    const report = await simulate({ ...(await against()), users: 600, groups: 2, members: 400, cycles: 2 });
    expect(report.clean).toBe(true);
    const sizes = operationsSeen(server.seen)
      .filter(({ path }) => path === 'members')
      .map(({ value }) => (value as unknown[]).length);
    expect(Math.max(...sizes)).toBe(100);
    expect(sizes.filter((size) => size === 100).length).toBeGreaterThan(2);
  });

  it('carries the flag of the tenant URL into every request', async () => {
    const options = await against();
    const report = await simulate({
      ...options,
      url: `${options.url}/?aadOptscim062020`,
      dialect: 'compliant',
      cycles: 1,
    });
    expect(report.clean).toBe(true);
    expect(server.seen.every(({ target }) => target.includes('?aadOptscim062020'))).toBe(true);
  });

  it('tells the listener of every acknowledged and every doubtful write, which together are the expected directory', async () => {
    const options = { ...(await against({ breaksAfterWrite: (write) => write % 9 === 0 })), retries: 0 };
    const expected = new ExpectedDirectory();
    await simulate(options, {
      acknowledged: (write) => expected.apply(write),
      doubted: (write) => expected.doubt(write),
    });
    const client = openClient(options);
    const comparison = await compareWithServer(client, expected);
    await client.close();
    expect(comparison.differences).toEqual([]);
    expect(expected.users.size).toBeGreaterThan(50);
  });

  describe('against a faulty server', () => {
    it('finds members that were acknowledged and lost', async () => {
      const report = await simulate(await against({ losesEveryNthMember: 40 }));
      expect(report.failures).toEqual([]);
      expect(report.clean).toBe(false);
      expect(report.comparison?.differences).toContainEqual(
        expect.objectContaining({ what: 'members', actual: 'absent' }),
      );
    });

    it('finds that removing some members removed all', async () => {
      const report = await simulate(await against({ removesAllMembers: true }));
      expect(report.comparison?.differenceCount).toBeGreaterThan(0);
    });

    it('reports at once that a disabled user is still active', async () => {
      const report = await simulate(await against({ castsBooleans: true }));
      const words = report.failures.flatMap(({ examples }) => examples.map((example) => example.words));
      expect(words).toContain('active is true after the user was disabled');
      expect(words).toContain('the filter does not show the disabled user with active false');
    });

    it('stops after a connection test that fails, and says why', async () => {
      const intercept = () => ({ status: 404, body: { detail: 'no such user' } });
      const report = await simulate(await against({ intercept }));
      expect(report.connectionProblem).toMatch(/404 \(no such user\)\. A filter without a match must be 200/);
      expect(report.clean).toBe(false);
      expect(server.seen).toHaveLength(1);
    });

    it('names what Entra makes of a refused token and of an answer that is not SCIM', async () => {
      const options = await against();
      const refused = await simulate({ ...options, token: 'wrong' });
      expect(refused.connectionProblem).toMatch(/401 \(the token is unknown\)\. Entra reports invalid credentials/);
      await server.stop();
      const html = await simulate(await against({ intercept: () => ({ status: 200, body: '<html>' }) }));
      expect(html.connectionProblem).toMatch(/not a ListResponse.*ServiceIncompatible/);
    });

    it('keeps the words of the server with what failed', async () => {
      const intercept: Faults['intercept'] = ({ method, path }) =>
        method === 'POST' && path.endsWith('/Groups')
          ? { status: 400, body: { scimType: 'invalidValue', detail: 'no groups' } }
          : undefined;
      const report = await simulate({ ...(await against({ intercept })), cycles: 0 });
      expect(report.failures).toEqual([
        expect.objectContaining({ method: 'POST', route: '/Groups', status: 400, count: 6 }),
      ]);
      expect(report.failures[0]?.examples).toEqual([expect.objectContaining({ words: 'invalidValue: no groups' })]);
    });

    it('gives up on a server that never answers', async () => {
      const intercept = () => ({ status: 200, silent: true });
      const report = await simulate({ ...(await against({ intercept })), timeoutMs: 100, retries: 1 });
      expect(report.connectionProblem).toMatch(/no answer \(UND_ERR_HEADERS_TIMEOUT.*CredentialValidationUnavailable/);
      expect(report.total.retries).toBe(1);
    });

    it('asks again after 429 and 503, and counts that apart from failures', async () => {
      const intercept: Faults['intercept'] = ({ attempt }) =>
        attempt % 7 === 0 ? { status: attempt % 2 ? 429 : 503, headers: { 'retry-after': '0' } } : undefined;
      const report = await simulate({ ...(await against({ intercept })), connections: 1 });
      expect(report.total.retries).toBeGreaterThan(20);
      expect(report.clean).toBe(true);
    });

    it('is clean when answers were lost after the writes were done', async () => {
      const faults: Faults = { breaksAfterWrite: (write) => write % 5 === 0 };
      const report = await simulate({ ...(await against(faults)), connections: 1 });
      expect(report.total.retries).toBeGreaterThan(20);
      expect(report.failures).toEqual([]);
      expect(report.comparison?.differences).toEqual([]);
    });

    it('takes neither outcome for wrong where a write never got an answer', async () => {
      const faults: Faults = { breaksAfterWrite: (write) => write % 5 === 0 };
      const report = await simulate({ ...(await against(faults)), retries: 0, cycles: 1 });
      expect(report.total.failures).toBeGreaterThan(10);
      expect(report.comparison?.differences).toEqual([]);
    });
  });
});
