import { RateLimit } from './client/rate-limit.js';
import { RunRecord } from './client/phase-record.js';
import { type ClientOptions, ScimClient } from './client/scim-client.js';
import { type TenantUrl } from './client/tenant-url.js';
import { Journal } from './cycles/journal.js';
import { ProvisioningJob } from './cycles/provisioning-job.js';
import { runCycle } from './cycles/run-cycle.js';
import { Company } from './directory/company.js';
import { CompanyLife } from './directory/company-life.js';
import { type ExpectedDirectory } from './expectation/expected-directory.js';
import { type SimulationListener } from './simulation-listener.js';
import { type SimulationOptions } from './simulation-options.js';
import { compliantDialect } from './wire/compliant-dialect.js';
import { defaultDialect } from './wire/default-dialect.js';

/** A provisioning job with the company it serves: one cycle after the other, for as long as somebody asks for them. */
export class SimulatedJob {
  #cycles = 0;

  private constructor(
    private readonly job: ProvisioningJob,
    private readonly life: CompanyLife,
  ) {}

  /** @param index which of a run's jobs this is, from 0: another company, and maybe another dialect. */
  static open(
    index: number,
    options: SimulationOptions,
    connection: ClientOptions,
    expected: ExpectedDirectory,
    listener: SimulationListener = {},
  ): SimulatedJob {
    const company = new Company(`s${options.seed}j${index + 1}`, options);
    const client = ScimClient.open(connection);
    const journal = new Journal(expected, listener);
    const job = new ProvisioningJob(company, dialectOf(index, options), journal, client, listener);
    return new SimulatedJob(job, new CompanyLife(company));
  }

  /** The first is the initial cycle; before every later one an interval passes in the company. */
  async cycle(record: RunRecord, name: string): Promise<void> {
    if (this.#cycles++ > 0) this.life.pass();
    await runCycle(this.job, record, name);
  }

  async close(): Promise<void> {
    await this.job.client.close();
  }
}

/** The jobs of a run, none of which has sent anything yet. What they write adds up in `expected`. */
export function simulatedJobs(
  options: SimulationOptions,
  connection: ClientOptions,
  expected: ExpectedDirectory,
  listener?: SimulationListener,
): readonly SimulatedJob[] {
  return Array.from({ length: jobCount(options) }, (_, index) =>
    SimulatedJob.open(index, options, connection, expected, listener),
  );
}

/** How a run's clients reach the server; they share its pace. */
export function connectionOf(options: SimulationOptions, tenant: TenantUrl): ClientOptions {
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
