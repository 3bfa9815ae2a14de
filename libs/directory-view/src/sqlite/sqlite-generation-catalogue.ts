import { join } from 'node:path';
import type { SchemaRegistry } from '#scim-protocol';
import {
  type FlipResult,
  type Generation,
  type GenerationCatalogue,
  type GenerationState,
  type ProjectionTarget,
  reasonToStartOver,
  type SourceLog,
} from '#projections';
import type { SqlReads } from '../sql/sql-connection.js';
import { SqliteConnection } from './sqlite-connection.js';
import { SqliteGeneration, deleteFiles } from './sqlite-generation.js';
import { isAway } from './store-error.js';

export interface SqliteGenerationCatalogueOptions {
  readonly directory: string;
  readonly registry: SchemaRegistry;
  readonly log: SourceLog;
  readonly codeVersion: string;
  /** Told why the live generation is not used. */
  readonly discarded: (reason: string) => void;
}

export interface GenerationRow {
  readonly number: number;
  readonly state: GenerationState;
  readonly code_version: string;
  readonly log_identity: string;
}

const tables = `
  CREATE TABLE IF NOT EXISTS generation (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    state TEXT NOT NULL CHECK (state IN ('building', 'live', 'retired', 'dropped')),
    code_version TEXT NOT NULL,
    log_identity TEXT NOT NULL
  );
  CREATE UNIQUE INDEX IF NOT EXISTS one_live_generation ON generation (state) WHERE state = 'live'`;
const insert = `
  INSERT INTO generation (state, code_version, log_identity) VALUES ('building', ?, ?)
  RETURNING number, state, code_version, log_identity`;
export const selectGenerations = `
  SELECT number, state, code_version, log_identity FROM generation ORDER BY number`;
const retireLive = `
  UPDATE generation SET state = 'retired' WHERE state = 'live'`;
const setState = `
  UPDATE generation SET state = ? WHERE number = ?`;
const distrust = `
  UPDATE generation SET code_version = 'damaged' WHERE number = ?`;

/** A small file of its own beside one file for every generation. */
export class SqliteGenerationCatalogue implements GenerationCatalogue {
  readonly #options: SqliteGenerationCatalogueOptions;
  readonly #connection: SqliteConnection;
  readonly #open = new Map<number, SqliteGeneration>();
  #live: SqliteGeneration | undefined;
  /** Generations whose files were found damaged and are still there. */
  readonly #damaged = new Set<number>();

  /** @throws SqlStoreError where the file is damaged. */
  constructor(options: SqliteGenerationCatalogueOptions) {
    this.#options = options;
    this.#connection = new SqliteConnection(catalogueFile(options.directory));
    this.#connection.execute(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; ${tables}`);
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

  async list(): Promise<readonly Generation[]> {
    const rows = await this.#connection.rows<GenerationRow>({ text: selectGenerations, params: [] });
    return rows.map(toGeneration);
  }

  async live(): Promise<Generation | undefined> {
    return (await this.list()).find(({ state }) => state === 'live');
  }

  async begin(): Promise<Generation> {
    const { codeVersion, log } = this.#options;
    const [row] = await this.#connection.rows<GenerationRow>({ text: insert, params: [codeVersion, log.identity] });
    const generation = toGeneration(row as GenerationRow);
    this.#open.set(generation.number, SqliteGeneration.create(this.#file(generation.number)));
    return generation;
  }

  async target(number: number): Promise<ProjectionTarget> {
    return (await this.#opened(number)).target;
  }

  async makeLive(number: number): Promise<FlipResult> {
    const generation = (await this.list()).find((candidate) => candidate.number === number);
    if (generation?.state !== 'building') return { outcome: 'not-building', state: generation?.state ?? 'dropped' };
    const built = await this.#opened(number);
    const flip = async (): Promise<FlipResult> => {
      const checkpoint = (await this.#live?.checkpoint()) ?? 0n;
      if ((await built.checkpoint()) < checkpoint) return { outcome: 'behind', checkpoint } as FlipResult;
      this.#connection.execute('BEGIN IMMEDIATE');
      this.#connection.run(retireLive, []);
      this.#connection.run(setState, ['live', number]);
      this.#connection.execute('COMMIT');
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

  async drop(number: number): Promise<void> {
    const generation = (await this.list()).find((candidate) => candidate.number === number);
    if (generation?.state === 'live') throw new Error(`Generation ${number} is live and cannot be dropped.`);
    await this.#discard(number);
  }

  /**
   * Opens the live generation, or begins one where there is none that this code can read and this log can continue. A build that was under way when
   * its process ended has nobody to finish it and is dropped.
   */
  async start(): Promise<void> {
    for (const generation of await this.list()) {
      const { number, state } = generation;
      if (state === 'building') await this.#discard(number);
      if (state !== 'live') continue;
      const reason = await this.#reasonNotToUse(generation);
      if (reason === undefined) {
        this.#live = await this.#opened(number);
      } else {
        this.#options.discarded(reason);
        await this.#discard(number);
      }
    }
    if (!this.#live) await this.makeLive((await this.begin()).number);
  }

  close(): void {
    for (const generation of this.#open.values()) generation.close();
    this.#connection.close();
  }

  async #reasonNotToUse({ number, codeVersion, logIdentity }: Generation): Promise<string | undefined> {
    const { log, codeVersion: ownVersion } = this.#options;
    if (codeVersion !== ownVersion) return `it is ${codeVersion}, and this release needs ${ownVersion}`;
    try {
      const checkpoint = await (await this.#opened(number)).checkpoint();
      return reasonToStartOver(log, { identity: logIdentity, checkpoint });
    } catch (error) {
      if (isAway(error)) throw error;
      return 'its file cannot be read';
    }
  }

  async #opened(number: number): Promise<SqliteGeneration> {
    const generation = this.#open.get(number) ?? (await SqliteGeneration.open(this.#file(number)));
    this.#open.set(number, generation);
    return generation;
  }

  async #discard(number: number): Promise<void> {
    this.#connection.run(setState, ['dropped', number]);
    this.#open.get(number)?.close();
    this.#open.delete(number);
    this.#damaged.delete(number);
    deleteFiles(this.#file(number).path);
  }

  #file(number: number) {
    const { directory, registry } = this.#options;
    // Read again only at the next start: what is damaged now was trusted until now, and the log is at hand only then.
    const onDamage = () => {
      if (!this.#damaged.has(number)) this.#connection.run(distrust, [number]);
      this.#damaged.add(number);
    };
    return { path: generationFile(directory, number), registry, onDamage };
  }
}

export function catalogueFile(directory: string): string {
  return join(directory, 'view-generations.sqlite');
}

export function generationFile(directory: string, number: number): string {
  return join(directory, `view-${number}.sqlite`);
}

export function toGeneration({
  number,
  state,
  code_version: codeVersion,
  log_identity: logIdentity,
}: GenerationRow): Generation {
  return { number, state, codeVersion, logIdentity };
}
