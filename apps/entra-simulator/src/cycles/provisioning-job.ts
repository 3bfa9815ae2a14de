import { inParallel } from '../client/in-parallel.js';
import { type RunRecord } from '../client/phase-record.js';
import { type ScimClient } from '../client/scim-client.js';
import { type Company } from '../directory/company.js';
import { type Person } from '../directory/person.js';
import { type SimulationListener } from '../simulation-listener.js';
import { type PatchDialect } from '../wire/patch-dialect.js';
import { probe } from './connection-test.js';
import { type Journal } from './journal.js';

/** After this many pieces of work the job asks for a user and a group that cannot exist, to see that the server is there. */
const workBetweenProbes = 200;

/** A person with a counterpart on the server, and the state of it that the server has acknowledged. */
export interface LinkedUser {
  readonly id: string;
  person: Person;
  managerId: string | undefined;
}

export interface LinkedGroup {
  readonly id: string;
  displayName: string;
  /** Keys of the people whose membership was acknowledged. */
  readonly members: Set<number>;
}

export type Task = (client: ScimClient) => Promise<void>;

/**
 * One provisioning job: a company, and what the job remembers of the server. The difference between the two is the work
 * of the next cycle, so whatever failed is tried again in the one after.
 */
export class ProvisioningJob {
  readonly users = new Map<number, LinkedUser>();
  readonly groups = new Map<number, LinkedGroup>();

  constructor(
    readonly company: Company,
    readonly dialect: PatchDialect,
    readonly journal: Journal,
    readonly client: ScimClient,
    readonly listener: SimulationListener,
  ) {}

  /** Does the tasks over the job's connections, with keep-alive probes among them. */
  async runPhase(record: RunRecord, name: string, tasks: readonly Task[]): Promise<void> {
    const client = this.client.inPhase(record.phase(name));
    let done = 0;
    this.listener.phaseStarted?.(name, tasks.length);
    await inParallel(tasks, client.options.connections, async (task) => {
      await task(client);
      if (++done % workBetweenProbes === 0) await probe(client);
      this.listener.advanced?.(name);
    });
  }
}
