import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Position } from '#event-store';
import { TargetUnavailableError } from '#projections';
import { CuttingProxy, TemporaryDatabase } from '#projections-postgres/testing';
import { sampleRegistry } from '../testing/arbitrary-document.js';
import { sampleTenants } from '../testing/arbitrary-log.js';
import { SampleLog } from '../testing/sample-log.js';
import { TemporaryPostgresView } from '../testing/temporary-postgres-view.js';
import { PostgresGeneration } from './postgres-generation.js';
import { ViewSchema } from './view-schema.js';

const [tenant] = sampleTenants;

describe('a generation whose server answers nothing any more', () => {
  let database: TemporaryDatabase;
  let temporary: TemporaryPostgresView;
  let proxy: CuttingProxy;
  let generation: PostgresGeneration;

  beforeAll(async () => {
    database = await TemporaryDatabase.create();
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    temporary = await TemporaryPostgresView.open(database);
    proxy = await CuttingProxy.to(database.url);
    generation = new PostgresGeneration(1, {
      ...{ url: proxy.url, schema: new ViewSchema(temporary.name), registry: sampleRegistry, readConnections: 1 },
      answersWithinMs: 1_000,
    });
  });
  afterEach(async () => {
    await generation.close();
    await proxy.close();
    await temporary.remove();
  });

  const { events } = SampleLog.ofUsers(tenant, 3);
  const end = events.at(-1)?.position as Position;

  it.each(['UPDATE checkpoint', 'COMMIT'])('is written again on another connection: silent at %s', async (at) => {
    const { target } = generation;
    const { epoch, checkpoint: from } = await target.acquire();
    const move = { epoch, from, to: end };
    void proxy.silenceOnce(at);
    await expect(target.apply(events, move)).rejects.toBeInstanceOf(TargetUnavailableError);
    await target.apply(events, move);
    expect((await target.acquire()).checkpoint).toBe(end);
  });

  it('is read again on another connection', async () => {
    const read = () =>
      generation.reads.snapshot((rows) => rows.rows({ text: 'SELECT c.position FROM checkpoint AS c', params: [] }));
    expect(await read()).toHaveLength(1);
    void proxy.silenceOnce('checkpoint');
    await expect(read()).rejects.toMatchObject({ name: 'SqlStoreError', condition: 'away' });
    expect(await read()).toHaveLength(1);
  });
});
