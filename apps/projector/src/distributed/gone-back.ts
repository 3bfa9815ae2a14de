import type { PostgresDirectoryView } from '#directory-view';
import type { Position } from '#event-store';
import { type CheckpointSignal, pause } from '#projections';

/** From where to where a view went back. */
export interface GoneBack {
  readonly from: Position;
  readonly to: Position;
}

/** How often it is looked at the view's checkpoint, milliseconds. */
const lookEveryMs = 1_000;

/**
 * Resolves when the view is behind what this process has made of it, because an older copy of its database has taken the place, e.g. a
 * replica that had not got the last commits; with undefined when the signal has aborted. The next batch would find it out by
 * itself, but while nothing is written none comes.
 *
 * Two looks in a row have to find it: when another generation becomes live, one look may be at the one and one at the other.
 *
 * @param progress of the view, as this process has moved it.
 */
export async function goneBack(
  view: Pick<PostgresDirectoryView, 'liveCheckpoint'>,
  progress: Pick<CheckpointSignal, 'current'>,
  over: AbortSignal,
): Promise<GoneBack | undefined> {
  for (let looks = 0; !over.aborted;) {
    const from = progress.current;
    // A database that is away says nothing of where it is.
    const to = await view.liveCheckpoint().catch(() => from);
    looks = to < from ? looks + 1 : 0;
    if (looks === 2) return { from, to };
    await pause(lookEveryMs, over);
  }
  return undefined;
}
