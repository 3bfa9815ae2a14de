import { PostgresDirectoryView } from '#directory-view';
import type { KurrentEventStore } from '#event-store-kurrent';
import { viewProjection } from '../../../apps/projector/src/distributed/view-projection.js';
import { catchUp, type CatchUpFigures } from './catch-up.js';
import { termOn } from './term-on.js';

/** Builds the view of a log in an empty database, as a projector does, with nothing beside it. */
export async function buildView(store: KurrentEventStore, database: string): Promise<CatchUpFigures> {
  await using resources = new AsyncDisposableStack();
  const term = await termOn({ store, database, kafka: undefined }, resources);
  const { registry, source } = term;
  const view = await PostgresDirectoryView.open({ url: database, registry, ...source('directory-view') });
  resources.defer(() => view.close());
  const { catalogue: _, ...projection } = viewProjection(term, view);
  return await catchUp({ ...projection, target: await view.liveTarget() });
}
