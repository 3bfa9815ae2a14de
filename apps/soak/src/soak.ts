import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { basePath, bearerToken } from '../../benchmark/src/scim/tenant.js';
import type { ServerOptions, ServerProcess } from '../../benchmark/src/server/server-process.js';
import { productOn, whileRunning } from '../../benchmark/src/server/start-servers.js';
import {
  type Comparison,
  compareWithServer,
  defaultOptions,
  ExpectedDirectory,
  openClient,
  reportOf,
  RunRecord,
  type ScimClient,
  simulatedJobs,
  type SimulationOptions,
} from '../../entra-simulator/src/simulator.js';
import { discardView } from './drift/discard-view.js';
import { differingResources, type ListedDirectory, readDirectory } from './drift/listed-directory.js';
import { settledPosition } from './drift/settled-position.js';
import { SteadyLoad } from './load/steady-load.js';
import { observe, windowOf } from './observation/observe.js';
import { ServerSampler } from './observation/sampler.js';
import { countWarnings } from './observation/warnings.js';
import type { Window } from './observation/window.js';
import type { SoakOptions } from './options.js';
import type { Evidence } from './verdict/evidence.js';

/** Coming to rest after the load, and building a view from the log of a long soak, may take this long, seconds. */
const restPatience = 120;
const buildPatience = 1_800;

export interface SoakResult {
  readonly evidence: Evidence;
  readonly comparison: Comparison;
  /** Paths of resources that a view built from the log shows differently. */
  readonly differing: readonly string[];
  /** The data folder, with everything the server has written. */
  readonly folder: string;
}

interface Loaded {
  readonly windows: readonly Window[];
  readonly comparison: Comparison;
  readonly atRest: AtRest;
}

/** What a server shows when nobody changes anything, and the position of its log's last event. */
interface AtRest {
  readonly directory: ListedDirectory;
  readonly position: number;
}

/**
 * Runs the server under the load of several jobs, then compares what it holds with what it acknowledged, then with what
 * a server makes of the log alone.
 *
 * @param report hears what happens, in a few words.
 */
export async function soak(options: SoakOptions, report: (step: string) => void): Promise<SoakResult> {
  mkdirSync(options.folder, { recursive: true });
  const folder = mkdtempSync(join(options.folder, 'run-'));
  const product = productOn(folder, undefined);
  const watched = { ...product, nodeFlags: [...product.nodeFlags, '--inspect=127.0.0.1:0'] };
  const rebuilding = { ...product, logFile: join(folder, 'server-from-log.log') };

  const outside = new RunRecord();
  const loaded = await whileRunning(watched, (server) => underLoad(server, watched, folder, options, outside, report));
  report('building the view from the log');
  discardView(folder);
  const rebuilt = await whileRunning(
    rebuilding,
    (server) => withClient(server, options, outside, (client) => atRest(server, client)),
    buildPatience,
  );

  const { failures, retries } = reportOf(outside, 0, {}).total;
  const differing = differingResources(loaded.atRest.directory, rebuilt.directory);
  const warnings = (await countWarnings(watched.logFile)) + (await countWarnings(rebuilding.logFile));
  return {
    evidence: {
      windows: loaded.windows,
      outsideWindows: { failures, retries },
      differences: loaded.comparison.differenceCount,
      rebuilt: {
        differing: differing.length,
        resources: rebuilt.directory.size,
        addedEvents: rebuilt.position - loaded.atRest.position,
      },
      warnings,
    },
    comparison: loaded.comparison,
    differing,
    folder,
  };
}

async function underLoad(
  server: ServerProcess,
  { logFile }: ServerOptions,
  folder: string,
  options: SoakOptions,
  outside: RunRecord,
  report: (step: string) => void,
): Promise<Loaded> {
  const simulation = simulationOf(server, options);
  const expected = new ExpectedDirectory();
  const client = openClient(simulation);
  const jobs = simulatedJobs(simulation, client.options, expected);
  const sampler = await ServerSampler.attach(server, folder, logFile);
  try {
    report('initial cycles');
    const load = await SteadyLoad.start(jobs, client, outside);
    const seconds = (options.minutes * 60) / options.windows;
    const observed = (window: Window, number: number) => report(windowText(window, number, options.windows));
    const observations = await observe({ load, sampler, windows: options.windows, seconds, observed });
    await load.stop();
    report(`comparing, after ${load.cycles} incremental cycles`);
    return await withClient(server, options, outside, async (reader) => ({
      windows: observations.map(windowOf),
      comparison: await compareWithServer(reader, expected),
      atRest: await atRest(server, reader),
    }));
  } finally {
    sampler.close();
    await Promise.all([client, ...jobs].map((open) => open.close()));
  }
}

async function atRest(server: ServerProcess, client: ScimClient): Promise<AtRest> {
  const position = await settledPosition(server, restPatience);
  return { directory: await readDirectory(client), position };
}

/** A client that reads as fast as the server answers. */
async function withClient<T>(
  server: ServerProcess,
  options: SoakOptions,
  record: RunRecord,
  work: (client: ScimClient) => Promise<T>,
): Promise<T> {
  const client = openClient({ ...simulationOf(server, options), rate: undefined });
  try {
    return await work(client.inPhase(record.phase('comparison')));
  } finally {
    await client.close();
  }
}

function simulationOf({ port }: ServerProcess, { jobs, users, groups, members, rate }: SoakOptions): SimulationOptions {
  const url = `http://127.0.0.1:${port}${basePath}`;
  const size = { jobs, users, groups, members, rate };
  return { ...defaultOptions, ...size, url, token: bearerToken, dialect: 'both', connections: 4 };
}

function windowText({ requests, p50Ms, p99Ms, heap, resident, events }: Window, number: number, of: number): string {
  const mebibytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
  return (
    `window ${number} of ${of}: ${requests} requests, p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms, ` +
    `heap ${mebibytes(heap)}, resident ${mebibytes(resident)}, ${events} events`
  );
}
