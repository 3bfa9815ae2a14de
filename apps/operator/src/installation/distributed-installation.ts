import { PostgresGenerationAdministration, projectorNames, readPostgresGenerations } from '#directory-view';
import { type MemoryAccess, openPostgresRelayMemory, type RelayMemory } from '#event-relay';
import { KurrentEventStore } from '#event-store-kurrent';
import type { GenerationAdministration, GenerationStatus, Halt } from '#projections';
import { readLease, readPostgresHalts } from '#projections-postgres';
import type { SharedEngines } from '../configuration/shared-engines.js';
import type { Installation, Leader, ReadableLog } from './installation.js';

/** An installation whose processes share engines. Each is connected to when it is first asked. */
export class DistributedInstallation implements Installation {
  readonly composition = 'distributed';
  readonly #engines: SharedEngines;
  readonly #resources = new AsyncDisposableStack();
  #log: Promise<ReadableLog> | undefined;

  constructor(engines: SharedEngines) {
    this.#engines = engines;
  }

  log(): Promise<ReadableLog> {
    return (this.#log ??= this.#openLog());
  }

  async leader(): Promise<Leader> {
    const lease = await readLease(this.#engines.database, projectorNames.lease);
    if (!lease) return { isRunning: false };
    const { holder, since, isHeld } = lease;
    return { isRunning: isHeld, ...(isHeld && { holder, ...(since !== undefined && { since }) }) };
  }

  generations(): Promise<readonly GenerationStatus[]> {
    return readPostgresGenerations(this.#engines.database);
  }

  async keepsUp(codeVersion: string): Promise<boolean> {
    const lease = await readLease(this.#engines.database, projectorNames.viewLease(codeVersion));
    return lease?.isHeld === true;
  }

  administration(): GenerationAdministration {
    const administration = new PostgresGenerationAdministration({ url: this.#engines.database });
    this.#resources.defer(() => administration.close());
    return administration;
  }

  halts(): Promise<readonly Halt[]> {
    return readPostgresHalts(this.#engines.database);
  }

  async relay(access: MemoryAccess): Promise<RelayMemory | undefined> {
    const memory = await openPostgresRelayMemory(this.#engines.database, access);
    this.#resources.defer(async () => memory?.close());
    return memory;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#resources.disposeAsync();
  }

  async #openLog(): Promise<ReadableLog> {
    const log = await KurrentEventStore.open(this.#engines.eventStore);
    this.#resources.defer(() => log.close());
    return log;
  }
}
