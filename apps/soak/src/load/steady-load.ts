import { listAll, type RunRecord, type ScimClient, type SimulatedJob } from '../../../entra-simulator/src/simulator.js';
import type { RecordedLoad } from '../observation/observe.js';

/**
 * Provisioning jobs that never end: incremental cycles over and over, and after each the list of all groups, as an account
 * discovery reads it.
 */
export class SteadyLoad implements RecordedLoad {
  readonly failed: Promise<never>;
  #cycles = 0;
  #stopping = false;
  readonly #running: Promise<unknown>;

  private constructor(
    jobs: readonly SimulatedJob[],
    private readonly client: ScimClient,
    private record: RunRecord,
  ) {
    this.#running = Promise.all(jobs.map((job) => this.#run(job)));
    this.failed = new Promise((_, reject) => void this.#running.catch(reject));
    // Whoever is not waiting for it hears of the failure from `stop`.
    this.failed.catch(() => undefined);
  }

  /** Runs the initial cycles of all jobs, then begins with the incremental ones. */
  static async start(jobs: readonly SimulatedJob[], client: ScimClient, record: RunRecord): Promise<SteadyLoad> {
    await Promise.all(jobs.map((job) => job.cycle(record, 'initial cycle')));
    return new SteadyLoad(jobs, client, record);
  }

  /** Incremental cycles that are done. */
  get cycles(): number {
    return this.#cycles;
  }

  recordTo(record: RunRecord): void {
    this.record = record;
  }

  /** Lets every job end the cycle it is in. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#running;
  }

  async #run(job: SimulatedJob): Promise<void> {
    while (!this.#stopping) {
      const { record } = this;
      await job.cycle(record, 'incremental cycle');
      await listAll(this.client.inPhase(record.phase('discovery')), 'Groups');
      this.#cycles++;
    }
  }
}
