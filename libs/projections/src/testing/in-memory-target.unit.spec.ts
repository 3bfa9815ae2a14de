import { envelope } from './sample-events.js';
import { InMemoryTarget } from './in-memory-target.js';
import { projectionTargetContract } from './projection-target-contract.js';

projectionTargetContract('the in-memory target', async () => {
  const target = new InMemoryTarget();
  const contradiction = envelope(3);
  target.poison(contradiction.eventId);
  return {
    target,
    events: [envelope(1), envelope(2)],
    contradiction,
    rows: async () => [...target.applied],
    close: async () => undefined,
  };
});
