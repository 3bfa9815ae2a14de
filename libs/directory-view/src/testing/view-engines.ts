import { afterAll, describe } from '@jest/globals';
import type { EventEnvelope } from '#event-catalog';
import type { GenerationAdministration, GenerationCatalogue, ProjectionTarget, SourceLog } from '#projections';
import { TemporaryDatabase } from '#projections-postgres/testing';
import type { SchemaRegistry } from '#scim-protocol';
import type { DirectoryReader } from '../reading/directory-reader.js';
import type { SqlReads } from '../sql/sql-connection.js';
import { TemporaryPostgresView } from './temporary-postgres-view.js';
import { TemporaryView } from './temporary-view.js';

/** A view of its own, on whichever engine. */
export interface ViewUnderTest {
  readonly view: {
    readonly reader: DirectoryReader;
    readonly catalogue: GenerationCatalogue;
    readonly liveReads: SqlReads;
    liveTarget(): Promise<ProjectionTarget>;
  };
  catchUp(events: readonly EventEnvelope[], batchSize?: number): Promise<void>;
  /** The operators' side of it, as a process of its own has it. Closed with the view. */
  readonly administration: GenerationAdministration;
  reopen(registry?: SchemaRegistry, log?: SourceLog, discarded?: (reason: string) => void): Promise<void>;
  remove(): void | Promise<void>;
}

export interface ViewEngine {
  readonly name: 'SQLite' | 'PostgreSQL';
  /** How many of so many random samples it is tried with: a view of its own takes a tenth of a second on a server. */
  samples(many: number): number;
  open(): Promise<ViewUnderTest>;
}

const sqlite: ViewEngine = { name: 'SQLite', samples: (many) => many, open: () => TemporaryView.open() };

/** Runs one suite on every engine there is. */
export function describeViews(title: string, suite: (engine: ViewEngine) => void): void {
  describe(`${title}, on SQLite`, () => suite(sqlite));
  describe(`${title}, on PostgreSQL`, () => {
    let database: Promise<TemporaryDatabase> | undefined;
    suite({
      name: 'PostgreSQL',
      samples: (many) => Math.ceil(many / 3),
      open: async () => TemporaryPostgresView.open(await (database ??= TemporaryDatabase.create())),
    });
    // These run in the order they were declared in: the suite closes its views first.
    afterAll(async () => (await database)?.drop());
  });
}
