import { readSqliteGenerations, SqliteGenerationAdministration } from '#directory-view';
import { type MemoryAccess, openSqliteRelayMemory, type RelayMemory } from '#event-relay';
import { SqliteLogReader } from '#event-store-sqlite';
import { type GenerationAdministration, type GenerationStatus, type Halt, HaltsInFolder } from '#projections';
import { type DataFiles, dataFiles } from '../../../standalone/src/index.js';
import type { Installation, Leader, ReadableLog } from './installation.js';

/** An installation in one data folder. */
export class EmbeddedInstallation implements Installation {
  readonly composition = 'embedded';
  readonly #files: DataFiles;
  readonly #log: SqliteLogReader;
  readonly #resources = new AsyncDisposableStack();

  private constructor(files: DataFiles, log: SqliteLogReader) {
    this.#files = files;
    this.#log = log;
    this.#resources.defer(() => log.close());
  }

  /** @throws LogFileRefused also where no server was ever started on the folder: a wrong name is not an empty installation. */
  static open(directory: string): EmbeddedInstallation {
    const files = dataFiles(directory);
    return new EmbeddedInstallation(files, SqliteLogReader.open(files.log));
  }

  async log(): Promise<ReadableLog> {
    return this.#log;
  }

  async leader(): Promise<Leader> {
    return { isRunning: this.#log.hasWriter };
  }

  generations(): Promise<readonly GenerationStatus[]> {
    return readSqliteGenerations(this.#files.view);
  }

  /** The server drops what is not of its own version, when it starts. */
  async keepsUp(): Promise<boolean> {
    return this.#log.hasWriter;
  }

  administration(): GenerationAdministration {
    const administration = new SqliteGenerationAdministration(this.#files.view);
    this.#resources.defer(() => administration.close());
    return administration;
  }

  halts(): Promise<readonly Halt[]> {
    return new HaltsInFolder(this.#files.halts).list();
  }

  async relay(access: MemoryAccess): Promise<RelayMemory | undefined> {
    const memory = openSqliteRelayMemory(this.#files.relay, access);
    this.#resources.defer(async () => memory?.close());
    return memory;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#resources.disposeAsync();
  }
}
