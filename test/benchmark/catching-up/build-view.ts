import type { KurrentEventStore } from '#event-store-kurrent';
import { directoryProjections } from '../../../apps/projector/src/distributed/directory-projections.js';
import { catchUp, type CatchUpFigures } from './catch-up.js';
import { termOn } from './term-on.js';

/** Builds the view of a log in an empty database, as a projector does, with nothing beside it. */
export async function buildView(store: KurrentEventStore, database: string): Promise<CatchUpFigures> {
  await using resources = new AsyncDisposableStack();
  const { projections } = await directoryProjections(await termOn({ store, database, kafka: undefined }, resources));
  const view = projections.find(({ name }) => name === 'directory-view');
  if (!view) throw new Error('The projector builds no view');
  return await catchUp(view);
}
