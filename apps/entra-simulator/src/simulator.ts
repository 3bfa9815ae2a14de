import { RateLimit } from './client/rate-limit.js';
import { RunRecord } from './client/phase-record.js';
import { type ClientOptions, ScimClient } from './client/scim-client.js';
import { parseTenantUrl, type TenantUrl } from './client/tenant-url.js';
import { testConnection } from './cycles/connection-test.js';
import { Journal } from './cycles/journal.js';
import { ProvisioningJob } from './cycles/provisioning-job.js';
import { runCycle } from './cycles/run-cycle.js';
import { Company } from './directory/company.js';
import { CompanyLife } from './directory/company-life.js';
import { type Comparison, compareWithServer } from './expectation/compare-with-server.js';
import { ExpectedDirectory } from './expectation/expected-directory.js';
import { reportOf, type SimulationReport } from './report/simulation-report.js';
import { type SimulationListener } from './simulation-listener.js';
import { type SimulationOptions } from './simulation-options.js';
import { compliantDialect } from './wire/compliant-dialect.js';
import { defaultDialect } from './wire/default-dialect.js';

export type { AcknowledgedWrite, DoubtfulWrite } from './expectation/acknowledged-write.js';
export { type Comparison, compareWithServer } from './expectation/compare-with-server.js';
export type { Difference } from './expectation/differences.js';
export { ExpectedDirectory } from './expectation/expected-directory.js';
export type { PhaseSummary, SimulationReport } from './report/simulation-report.js';
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

  const connection = clientOptions(options, tenant.value);
  const client = ScimClient.open(connection, record.phase('test connection'));
  try {
    const connectionProblem = await testConnection(client);
    if (connectionProblem !== undefined) return reportOf(record, performance.now() - start, { connectionProblem });

    const expected = new ExpectedDirectory();
    const jobs = Array.from({ length: jobCount(options) }, (_, index) => index);
    await Promise.all(jobs.map((index) => runJob(index, options, connection, record, expected, listener)));
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
  return ScimClient.open(clientOptions(options, tenant.value));
}

async function runJob(
  index: number,
  options: SimulationOptions,
  connection: ClientOptions,
  record: RunRecord,
  expected: ExpectedDirectory,
  listener: SimulationListener,
): Promise<void> {
  const company = new Company(`s${options.seed}j${index + 1}`, options);
  const life = new CompanyLife(company);
  const client = ScimClient.open(connection, record.phase('test connection'));
  const journal = new Journal(expected, listener);
  const job = new ProvisioningJob(company, dialectOf(index, options), journal, client, record, listener);
  try {
    await runCycle(job, 'initial cycle');
    for (let cycle = 1; cycle <= options.cycles; cycle++) {
      life.pass();
      await runCycle(job, `cycle ${cycle}`);
    }
  } finally {
    await client.close();
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

function clientOptions(options: SimulationOptions, tenant: TenantUrl): ClientOptions {
  const { token, connections, timeoutMs } = options;
  const retry = { retries: options.retries, delayMs: options.retryDelayMs };
  return { tenant, token, connections, timeoutMs, retry, rateLimit: new RateLimit(options.rate) };
}

function jobCount({ jobs, dialect }: SimulationOptions): number {
  return dialect === 'both' ? Math.max(2, jobs) : jobs;
}

function dialectOf(job: number, { dialect }: SimulationOptions) {
  const compliant = dialect === 'compliant' || (dialect === 'both' && job % 2 === 1);
  return compliant ? compliantDialect : defaultDialect;
}
