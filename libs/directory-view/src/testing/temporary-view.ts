import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventEnvelope } from '#event-catalog';
import type { Position } from '#event-store';
import type { SourceLog } from '#projections';
import { sourceLogAt } from '#projections/testing';
import type { SchemaRegistry } from '#scim-protocol';
import { SqliteDirectoryView } from '../sqlite/sqlite-directory-view.js';
import { SqliteGenerationAdministration } from '../sqlite/sqlite-generation-administration.js';
import { sampleRegistry } from './arbitrary-document.js';
import { catchUp } from './catch-up.js';

/** A log no test comes to the end of. */
export const sampleSource: SourceLog = sourceLogAt('sample', 1_000_000n as Position);

/** A view in a directory of its own, which is removed with it. */
export class TemporaryView {
  #administration: SqliteGenerationAdministration | undefined;

  private constructor(
    readonly directory: string,
    public view: SqliteDirectoryView,
  ) {}

  get administration(): SqliteGenerationAdministration {
    return (this.#administration ??= new SqliteGenerationAdministration(this.directory));
  }

  static async open(registry: SchemaRegistry = sampleRegistry): Promise<TemporaryView> {
    const directory = mkdtempSync(join(tmpdir(), 'directory-view-'));
    return new TemporaryView(directory, await SqliteDirectoryView.open({ directory, registry, log: sampleSource }));
  }

  /** Closes the view and opens it again from its files. */
  async reopen(
    registry: SchemaRegistry = sampleRegistry,
    log = sampleSource,
    discarded?: (reason: string) => void,
  ): Promise<void> {
    this.view.close();
    const { directory } = this;
    this.view = await SqliteDirectoryView.open({ directory, registry, log, ...(discarded && { discarded }) });
  }

  /** Applies what is beyond the checkpoint to the live generation. */
  async catchUp(events: readonly EventEnvelope[], batchSize = 256): Promise<void> {
    await catchUp(await this.view.liveTarget(), events, batchSize);
  }

  async remove(): Promise<void> {
    this.view.close();
    await this.#administration?.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
