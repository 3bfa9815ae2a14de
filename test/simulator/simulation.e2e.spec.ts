import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import { defaultOptions, simulate, type SimulationReport } from '../../apps/entra-simulator/src/simulator.js';
import { dataDirectory } from '../support/server-process.js';
import { serverUnderTest } from '../support/server-under-test.js';

const running = serverUnderTest();
const options = () => ({ ...defaultOptions, url: running.server.tenantUrl, token: running.server.token });

describe("Entra's provisioning service, simulated", () => {
  it('finds everything as it was acknowledged, with jobs of both dialects at the same time', async () => {
    const load = { users: 60, groups: 8, members: 12, cycles: 3, jobs: 4, dialect: 'both' as const };
    const report = await simulate({ ...options(), ...load });
    expect(report.failures).toEqual([]);
    expect(report.comparison?.differences).toEqual([]);
    expect(report.clean).toBe(true);
    expect(report.total.retries).toBe(0);
    expect(report.comparison?.memberships).toBeGreaterThan(100);
    expect(report.comparison?.deleted).toBeGreaterThan(10);
  });

  for (const dialect of ['default', 'compliant'] as const) {
    it(`finds its people and groups again in a later run of the ${dialect} dialect`, async () => {
      const load = { users: 40, groups: 5, members: 8, cycles: 1, dialect, seed: dialect };
      await simulate({ ...options(), ...load });
      const report = await simulate({ ...options(), ...load, users: 50, cycles: 2 });
      expect(report.failures).toEqual([]);
      expect(report.comparison?.differences).toEqual([]);
    });
  }
});

describe('the command line of the simulator', () => {
  const folder = dataDirectory();
  afterAll(() => folder.remove());

  /** Runs the compiled program as `npm run simulate` does. */
  async function run(...args: readonly string[]) {
    const root = fileURLToPath(new URL('../../', import.meta.url));
    const program = join(root, 'dist/apps/entra-simulator/src/main.js');
    const child = spawn(process.execPath, [program, ...args], { cwd: root, env: { PATH: process.env['PATH'] } });
    const exit = once(child, 'exit') as Promise<[number | null]>;
    const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
    return { output, errors, code };
  }

  const small = ['--users', '10', '--groups', '2', '--members', '3', '--cycles', '1', '--seed', 'command-line'];

  it('prints a table of what was sent, says that the server holds it, and ends with 0', async () => {
    const { server } = running;
    const json = join(folder.path, 'report.json');
    const { output, code } = await run('--url', server.tenantUrl, '--token', server.token, '--json', json, ...small);
    expect(output).toMatch(/^phase +requests +failures +retries +p50 ms +p99 ms +requests\/s\n/);
    expect(output).toMatch(/^total +\d+ +0 +0 /m);
    expect(output).toContain('Comparison: the server holds what was sent');
    expect(code).toBe(0);
    const report = readFileSync(json, 'utf8');
    expect((JSON.parse(report) as SimulationReport).clean).toBe(true);
    expect(report + output).not.toContain(server.token);
  });

  it('says what is wrong and does not end with 0 where the token is wrong', async () => {
    const { output, code } = await run('--url', running.server.tenantUrl, '--token', 'wrong-token', ...small);
    expect(output).toContain('Test Connection failed.');
    expect(output).toContain('401');
    expect(code).toBe(1);
  });

  it('asks for a token where there is none', async () => {
    const { errors, code } = await run('--url', running.server.tenantUrl, ...small);
    expect(errors).toContain('no bearer token');
    expect(code).toBe(1);
  });
});
