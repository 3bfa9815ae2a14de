import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runClosedLoop } from '../load/closed-loop.js';
import { inTurn } from '../load/exchange.js';
import { runPacedLoad } from '../load/paced-load.js';
import { UnexpectedAnswer } from '../load/unexpected-answer.js';
import { get } from '../scim/scim-requests.js';
import { ServerProcess } from '../server/server-process.js';
import { bareIn, whileRunning } from '../server/start-servers.js';
import { measurePhase } from './measure-phase.js';
import { phases } from './phases.js';

const folder = mkdtempSync(join(tmpdir(), 'scim-ledger-'));
const short = { repetitions: 1, seconds: 0.05, warmUpSeconds: 0.05 };
let bare: ServerProcess;

beforeAll(async () => {
  bare = await ServerProcess.start(bareIn(folder, undefined));
});

afterAll(async () => {
  await bare.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('measurePhase', () => {
  it.each(phases.map(({ name }) => name))('puts the load "%s" on a server', async (name) => {
    const phase = phases.find((candidate) => candidate.name === name);
    if (!phase) throw new Error(`There is no phase ${name}`);
    const { ratio, subject } = await whileRunning(bareIn(folder, undefined), (product) =>
      whileRunning(bareIn(folder, undefined), (other) => measurePhase(phase, { product, bare: other }, short)),
    );
    expect(ratio).toBeGreaterThan(0);
    expect(subject.latency.count).toBeGreaterThan(0);
    expect(subject.latency.quantile(0.99)).toBeGreaterThan(0);
  });
});

describe('a load', () => {
  const missing = inTurn([{ request: get('/Users/nobody'), status: 200 }]);

  it('fails where a request is not answered as it should be', async () => {
    const load = runClosedLoop({ port: bare.port, connections: 2, seconds: 5, workload: missing });
    await expect(load).rejects.toThrow(UnexpectedAnswer);
    await expect(load).rejects.toThrow('/Users/nobody HTTP/1.1 was answered with 404 instead of 200: {}');
  });

  it('fails where the body does not show what it should', async () => {
    const request = { request: get('/Users?filter=userName+eq+%22nobody%22'), status: 200 };
    const load = (shows: string) =>
      runClosedLoop({ port: bare.port, connections: 1, seconds: 0.05, workload: inTurn([{ ...request, shows }]) });
    await expect(load('"totalResults":0')).resolves.toMatchObject({ answerBytes: 130 });
    await expect(load('"totalResults":1')).rejects.toThrow(
      'was answered with 200 instead of a body with "totalResults":1',
    );
  });

  it('ends when there is nothing left to do', async () => {
    let left = 10;
    const workload = () => (left-- > 0 ? inTurn([{ request: get('/Users/nobody'), status: 404 }])() : undefined);
    expect((await runClosedLoop({ port: bare.port, connections: 3, workload })).requests).toBe(10);
  });

  it('keeps the pace it is given', async () => {
    const next = () => ({ request: get('/Users/nobody'), status: 404 });
    const latency = await runPacedLoad({ port: bare.port, perSecond: 100, seconds: 0.2, next });
    expect(latency.count).toBe(20);
  });
});
