import type {
  DropResult,
  GenerationAdministration,
  GenerationStatus,
  RebuildRequest,
  ReturnRequest,
} from '#projections';
import { readSqliteGenerations } from './read-sqlite-generations.js';
import { deleteFiles } from './sqlite-generation.js';
import { SqliteGenerationTable, generationFile } from './sqlite-generation-table.js';

/** The generations of a view in SQLite files, beside the process that serves it or without one. */
export class SqliteGenerationAdministration implements GenerationAdministration {
  readonly #directory: string;
  readonly #table: SqliteGenerationTable;

  /**
   * @param directory where the view's files are.
   * @throws SqlStoreError where there is none, or the catalogue is damaged.
   */
  constructor(directory: string) {
    this.#directory = directory;
    this.#table = new SqliteGenerationTable(directory);
  }

  status(): Promise<readonly GenerationStatus[]> {
    return readSqliteGenerations(this.#directory);
  }

  async requestRebuild(): Promise<RebuildRequest> {
    const asked = await this.#table.request();
    if (asked) return { outcome: 'asked', number: asked.number };
    return (await this.#underWay()) ?? { outcome: 'nothing-live' };
  }

  async requestReturn(number: number): Promise<ReturnRequest> {
    if (this.#table.putBack(number)) return { outcome: 'asked' };
    const isRetired = (await this.#table.find(number))?.state === 'retired';
    if (!isRetired) return { outcome: 'not-retired' };
    return (await this.#underWay()) ?? { outcome: 'foreign' };
  }

  async drop(number: number): Promise<DropResult> {
    if (!this.#table.dropUnlessLive(number)) {
      return { outcome: (await this.#table.find(number)) ? 'live' : 'unknown' };
    }
    deleteFiles(generationFile(this.#directory, number));
    return { outcome: 'dropped' };
  }

  async close(): Promise<void> {
    this.#table.close();
  }

  async #underWay(): Promise<{ readonly outcome: 'under-way'; readonly number: number } | undefined> {
    const building = (await this.#table.list()).find(({ state }) => state === 'building');
    return building && { outcome: 'under-way', number: building.number };
  }
}
