import { beforeFirstPosition } from '#event-store';
import type { SchemaRegistry } from '#scim-protocol';
import {
  type BuiltUpTo,
  type FlipResult,
  type Generation,
  type GenerationCatalogue,
  type GenerationState,
  type GenerationsToKeep,
  type ProjectionTarget,
  reasonToStartOver,
  type SourceLog,
} from '#projections';
import type { SqlReads } from '../sql/sql-connection.js';
import { SqliteGeneration, deleteFiles } from './sqlite-generation.js';
import { SqliteGenerationTable, generationFile } from './sqlite-generation-table.js';
import { isAway } from './store-error.js';

export interface SqliteGenerationCatalogueOptions {
  readonly directory: string;
  readonly registry: SchemaRegistry;
  readonly log: SourceLog;
  readonly codeVersion: string;
  /** Told why the live generation is not used. */
  readonly discarded: (reason: string) => void;
  /** Told once of each generation whose file is found damaged while it is in use. */
  readonly damaged: (generation: number) => void;
}

const unreadable = 'its file cannot be read';

/** A small file of its own beside one file for every generation. One process at a time works with them. */
export class SqliteGenerationCatalogue implements GenerationCatalogue {
  readonly #options: SqliteGenerationCatalogueOptions;
  readonly #table: SqliteGenerationTable;
  readonly #open = new Map<number, SqliteGeneration>();
  #live: SqliteGeneration | undefined;
  /** Generations whose files were found damaged and are still there. */
  readonly #damaged = new Set<number>();
  /** What is found damaged before is thrown away, and needs nobody. */
  #isStarted = false;

  /** @throws SqlStoreError where the file is damaged. */
  constructor(options: SqliteGenerationCatalogueOptions) {
    this.#options = options;
    this.#table = new SqliteGenerationTable(options.directory);
  }

  /** Where reads go to. Changes when another generation is made live. */
  get liveReads(): SqlReads {
    if (!this.#live) throw new Error('No generation is live.');
    return this.#live.reads;
  }

  /** Whether the file of a generation that is in use was found damaged. */
  get isDamaged(): boolean {
    return this.#damaged.size > 0;
  }

  list(): Promise<readonly Generation[]> {
    return this.#table.list();
  }

  async live(): Promise<Generation | undefined> {
    return (await this.list()).find(({ state }) => state === 'live');
  }

  async toKeep(): Promise<GenerationsToKeep> {
    const generations = await this.list();
    const numberOf = (wanted: Generation['state']) => generations.find(({ state }) => state === wanted)?.number;
    return { live: numberOf('live'), building: numberOf('building') };
  }

  async target(number: number): Promise<ProjectionTarget> {
    return (await this.#opened(number)).target;
  }

  async makeLive(number: number): Promise<FlipResult> {
    const state = await this.#stateOf(number);
    if (state !== 'building') return { outcome: 'not-building', state };
    const built = await this.#opened(number);
    const flip = async (): Promise<FlipResult> => {
      const checkpoint = (await this.#live?.checkpoint()) ?? beforeFirstPosition;
      if ((await built.checkpoint()) < checkpoint) return { outcome: 'behind', checkpoint };
      // Another process may have dropped it meanwhile.
      if (!this.#table.makeLive(number)) return { outcome: 'not-building', state: await this.#stateOf(number) };
      this.#live = built;
      return { outcome: 'live' };
    };
    if (!this.#live) return flip();
    try {
      return await this.#live.whileStill(flip);
    } catch (error) {
      if (!isAway(error)) throw error;
      // The live generation is being written to at this moment, so it is about to be further than it is.
      return { outcome: 'behind', checkpoint: await this.#live.checkpoint() };
    }
  }

  async release(number: number): Promise<void> {
    this.#open.get(number)?.close();
    this.#open.delete(number);
    this.#damaged.delete(number);
  }

  /**
   * Opens the live generation, or begins one where there is none that this code can read and this log can continue. A build
   * that was under way when its process ended is left to be gone on with, and one that is retired to be returned to, unless
   * the same is so of it.
   */
  async start(): Promise<void> {
    for (const generation of await this.list()) {
      const { number, state, codeVersion } = generation;
      if (state === 'dropped' || (state === 'retired' && codeVersion !== this.#options.codeVersion)) continue;
      const reason = await this.#reasonNotToUse(generation);
      if (state === 'live' && reason === undefined) this.#live = await this.#opened(number);
      if (state === 'retired' && reason === undefined) await this.release(number);
      if (reason === undefined || (state === 'building' && reason === unreadable)) continue;
      if (state === 'live') this.#options.discarded(reason);
      await this.#discard(number);
    }
    if (!this.#live) await this.makeLive(await this.#begin());
    this.#isStarted = true;
  }

  close(): void {
    for (const generation of this.#open.values()) generation.close();
    this.#table.close();
  }

  async #begin(): Promise<number> {
    const { codeVersion, log } = this.#options;
    return (await this.#table.begin(codeVersion, log.identity)).number;
  }

  async #reasonNotToUse({ number, codeVersion, logIdentity }: Generation): Promise<string | undefined> {
    const { log, codeVersion: ownVersion } = this.#options;
    if (codeVersion !== ownVersion) return `it is ${codeVersion}, and this release needs ${ownVersion}`;
    let progress: BuiltUpTo;
    try {
      const generation = await SqliteGeneration.open(this.#file(number));
      this.#open.set(number, generation);
      progress = await generation.progress();
    } catch (error) {
      if (isAway(error)) throw error;
      return unreadable;
    }
    return reasonToStartOver(log, { identity: logIdentity, ...progress });
  }

  async #stateOf(number: number): Promise<GenerationState> {
    return (await this.#table.find(number))?.state ?? 'dropped';
  }

  async #opened(number: number): Promise<SqliteGeneration> {
    const generation = this.#open.get(number) ?? (await this.#openOrMake(number));
    this.#open.set(number, generation);
    return generation;
  }

  /** Rows are made when somebody is about to fill them, so that a build can be asked for by who could not make them. */
  async #openOrMake(number: number): Promise<SqliteGeneration> {
    const file = this.#file(number);
    try {
      return await SqliteGeneration.open(file);
    } catch (error) {
      if (isAway(error) || (await this.#table.find(number))?.state !== 'building') throw error;
      const { codeVersion, log } = this.#options;
      this.#table.setOrigin(number, codeVersion, log.identity);
      return SqliteGeneration.create(file);
    }
  }

  async #discard(number: number): Promise<void> {
    this.#table.drop(number);
    await this.release(number);
    deleteFiles(this.#file(number).path);
  }

  #file(number: number) {
    const { directory, registry } = this.#options;
    // Read again only at the next start: what is damaged now was trusted until now, and the log is at hand only then.
    const onDamage = () => {
      if (this.#damaged.has(number)) return;
      this.#damaged.add(number);
      this.#table.distrust(number);
      if (this.#isStarted) this.#options.damaged(number);
    };
    return { path: generationFile(directory, number), registry, onDamage };
  }
}
