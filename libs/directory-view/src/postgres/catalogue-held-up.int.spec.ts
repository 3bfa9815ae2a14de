import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Position } from '#event-store';
import { TemporaryDatabase } from '#projections-postgres/testing';
import { sampleRegistry } from '../testing/arbitrary-document.js';
import { TemporaryPostgresView } from '../testing/temporary-postgres-view.js';
import { sampleSource } from '../testing/temporary-view.js';
import { PostgresDirectoryView } from './postgres-directory-view.js';
import { CommitUnknownError } from './postgres-transaction.js';

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
});
