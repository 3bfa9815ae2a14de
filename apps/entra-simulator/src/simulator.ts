import { RunRecord } from './client/phase-record.js';
import { ScimClient } from './client/scim-client.js';
import { parseTenantUrl } from './client/tenant-url.js';
import { testConnection } from './cycles/connection-test.js';
import { type Comparison, compareWithServer } from './expectation/compare-with-server.js';
import { ExpectedDirectory } from './expectation/expected-directory.js';
import { reportOf, type SimulationReport } from './report/simulation-report.js';
import { connectionOf, type SimulatedJob, simulatedJobs } from './simulated-job.js';
import { type SimulationListener } from './simulation-listener.js';
import { type SimulationOptions } from './simulation-options.js';

export type { AcknowledgedWrite, DoubtfulWrite } from './expectation/acknowledged-write.js';
export { type Comparison, compareWithServer } from './expectation/compare-with-server.js';
export type { Difference } from './expectation/differences.js';
export { ExpectedDirectory } from './expectation/expected-directory.js';
export { listAll } from './expectation/list-pages.js';
export { RunRecord } from './client/phase-record.js';
export { type PhaseSummary, reportOf, type SimulationReport } from './report/simulation-report.js';
export { type SimulatedJob, simulatedJobs } from './simulated-job.js';
export type { SimulationListener } from './simulation-listener.js';
export { defaultOptions, type SimulationOptions } from './simulation-options.js';
export { ScimClient } from './client/scim-client.js';

/**
 * Plays Entra's provisioning service against a SCIM server: Test Connection, the initial cycle and the incremental ones
 * of every job, then the comparison of what the server holds with what it acknowledged.
 */
export async function simulate(
  options: SimulationOptions,
  listener: SimulationListener = {},
): Promise<SimulationReport> {
  const record = new RunRecord();
  const start = performance.now();
  const tenant = parseTenantUrl(options.url);
  if (!tenant.ok) return reportOf(record, 0, { connectionProblem: tenant.error });

  const connection = connectionOf(options, tenant.value);
  const client = ScimClient.open(connection, record.phase('test connection'));
  try {
    const connectionProblem = await testConnection(client);
    if (connectionProblem !== undefined) return reportOf(record, performance.now() - start, { connectionProblem });

    const expected = new ExpectedDirectory();
    const jobs = simulatedJobs(options, connection, expected, listener);
    await Promise.all(jobs.map((job) => runJob(job, record, options.cycles)));
    const comparison = await compare(client.inPhase(record.phase('comparison')), expected, listener);
    return reportOf(record, performance.now() - start, { comparison });
  } finally {
    await client.close();
  }
}

/** A client for reading a server outside a run, for example to compare an {@link ExpectedDirectory} after a crash. */
export function openClient(options: SimulationOptions): ScimClient {
  const tenant = parseTenantUrl(options.url);
  if (!tenant.ok) throw new Error(tenant.error);
  return ScimClient.open(connectionOf(options, tenant.value));
}

async function runJob(job: SimulatedJob, record: RunRecord, cycles: number): Promise<void> {
  try {
    await job.cycle(record, 'initial cycle');
    for (let cycle = 1; cycle <= cycles; cycle++) await job.cycle(record, `cycle ${cycle}`);
  } finally {
    await job.close();
  }
}

async function compare(
  client: ScimClient,
  expected: ExpectedDirectory,
  listener: SimulationListener,
): Promise<Comparison> {
  const resources = [expected.users, expected.groups, expected.deletedUsers, expected.deletedGroups];
  listener.phaseStarted?.(
    client.phase.name,
    resources.reduce((sum, { size }) => sum + size, 0),
  );
  return compareWithServer(client, expected, () => listener.advanced?.(client.phase.name));
}
