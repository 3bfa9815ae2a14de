import type { EventEnvelope } from '#event-catalog';
import { type Position, beforeFirstPosition } from '#event-store';
import type { ProjectionTarget } from '#projections';

/** Takes the target over and applies what is beyond its checkpoint. */
export async function catchUp(
  target: ProjectionTarget,
  events: readonly EventEnvelope[],
  batchSize: number,
): Promise<void> {
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
