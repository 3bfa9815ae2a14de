import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Position } from '#event-store';
import { CuttingProxy, TemporaryDatabase } from '#projections-postgres/testing';
import { sampleRegistry } from '../testing/arbitrary-document.js';
import { codeVersionOf } from '../tables/code-version.js';
import { TemporaryPostgresView } from '../testing/temporary-postgres-view.js';
import { sampleSource } from '../testing/temporary-view.js';
import { PostgresDirectoryView } from './postgres-directory-view.js';
import { PostgresGenerationCatalogue } from './postgres-generation-catalogue.js';
import { CommitUnknownError } from './postgres-transaction.js';
import { ViewSchema } from './view-schema.js';

describe('the catalogue of a view', () => {
  let database: TemporaryDatabase;
  let temporary: TemporaryPostgresView;

  beforeAll(async () => {
    database = await TemporaryDatabase.create();
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    temporary = await TemporaryPostgresView.open(database);
  });
  afterEach(() => temporary.remove());

  it('is not kept from others by a projector that stands still in the middle of a change', async () => {
    const { name } = temporary;
    const options = { url: database.url, name, registry: sampleRegistry };
    const asked = Promise.withResolvers<void>();
    const answered = Promise.withResolvers<Position>();
    const head = () => {
      asked.resolve();
      return answered.promise;
    };
    const standing = PostgresDirectoryView.open({ ...options, log: { ...sampleSource, head } });
    const refused = expect(standing).rejects.toBeInstanceOf(CommitUnknownError);
    await asked.promise;
    await expect(temporary.administration.requestRebuild()).resolves.toEqual({ outcome: 'asked', number: 2 });
    answered.resolve(await sampleSource.head());
    await refused;
  });

  it('is away where the server does not answer, and is asked again on another connection', async () => {
    const { name } = temporary;
    const proxy = await CuttingProxy.to(database.url);
    const catalogue = new PostgresGenerationCatalogue({
      ...{ url: proxy.url, registry: sampleRegistry, log: sampleSource, schema: new ViewSchema(name) },
      ...{ codeVersion: codeVersionOf(sampleRegistry), discarded: () => undefined, readConnections: 1 },
      answersWithinMs: 1_000,
    });
    void proxy.silenceOnce('g.code_version');
    await expect(catalogue.toKeep()).rejects.toMatchObject({ name: 'SqlStoreError', condition: 'away' });
    expect(await catalogue.toKeep()).toEqual({ live: 1, building: undefined });
    await catalogue.close();
    await proxy.close();
  });
});
