import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventEnvelope } from '#event-catalog';
import { type Position, beforeFirstPosition } from '#event-store';
import type { SourceLog } from '#projections';
import type { SchemaRegistry } from '#scim-protocol';
import { SqliteDirectoryView } from '../sqlite/sqlite-directory-view.js';
import { sampleRegistry } from './arbitrary-document.js';

/** A log no test comes to the end of. */
export const sampleSource: SourceLog = { identity: 'sample', head: 1_000_000n as Position };

/** A view in a directory of its own, which is removed with it. */
export class TemporaryView {
  private constructor(
    readonly directory: string,
    public view: SqliteDirectoryView,
  ) {}

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
    const target = await this.view.liveTarget();
    const { epoch, checkpoint } = await target.acquire();
    let from: Position = checkpoint;
    const pending = events.filter(({ position }) => position > checkpoint);
    for (let start = 0; start < pending.length; start += batchSize) {
      const batch = pending.slice(start, start + batchSize);
      const to = batch.at(-1)?.position ?? beforeFirstPosition;
      await target.apply(batch, { epoch, from, to });
      from = to;
    }
  }

  remove(): void {
    this.view.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
