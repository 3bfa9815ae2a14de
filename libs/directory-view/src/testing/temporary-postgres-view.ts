import type { EventEnvelope } from '#event-catalog';
import type { TemporaryDatabase } from '#projections-postgres/testing';
import type { SchemaRegistry } from '#scim-protocol';
import { PostgresDirectoryView } from '../postgres/postgres-directory-view.js';
import { PostgresGenerationAdministration } from '../postgres/postgres-generation-administration.js';
import { sampleRegistry } from './arbitrary-document.js';
import { catchUp } from './catch-up.js';
import { sampleSource } from './temporary-view.js';

let views = 0;

/** A view in schemas of its own, which are removed with it. */
export class TemporaryPostgresView {
  #administration: PostgresGenerationAdministration | undefined;

  private constructor(
    readonly database: TemporaryDatabase,
    readonly name: string,
    public view: PostgresDirectoryView,
  ) {}

  get administration(): PostgresGenerationAdministration {
    const { database, name } = this;
    return (this.#administration ??= new PostgresGenerationAdministration({ url: database.url, name }));
  }

  static async open(database: TemporaryDatabase): Promise<TemporaryPostgresView> {
    const name = `view_${++views}`;
    const { url } = database;
    const view = await PostgresDirectoryView.open({ url, name, registry: sampleRegistry, log: sampleSource });
    return new TemporaryPostgresView(database, name, view);
  }

  /** Closes the view and opens it again. */
  async reopen(
    registry: SchemaRegistry = sampleRegistry,
    log = sampleSource,
    discarded?: (reason: string) => void,
  ): Promise<void> {
    await this.view.close();
    const { name, database } = this;
    const options = { url: database.url, name, registry, log };
    this.view = await PostgresDirectoryView.open({ ...options, ...(discarded && { discarded }) });
  }

  /** Applies what is beyond the checkpoint to the live generation. */
  async catchUp(events: readonly EventEnvelope[], batchSize = 256): Promise<void> {
    await catchUp(await this.view.liveTarget(), events, batchSize);
  }

  async remove(): Promise<void> {
    await this.view.close();
    await this.#administration?.close();
    const schemas = await this.database.execute<{ name: string }>(
      'SELECT n.nspname AS name FROM pg_namespace AS n WHERE n.nspname ~ $1',
      [`^${this.name}(_g[0-9]+)?$`],
    );
    if (schemas.length === 0) return;
    await this.database.execute(`DROP SCHEMA ${schemas.map(({ name }) => name).join(', ')} CASCADE`);
  }
}
