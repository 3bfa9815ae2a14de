import { TurnProcess } from '../turns/turn-process.js';

/** A log on a stand-in for EventStoreDB. */
export interface SeededLog {
  /** Connection string. */
  readonly url: string;
  /** All of them, also claims of names, which the view and the relay pass by. */
  readonly events: number;
  /** Those of users and groups. */
  readonly published: number;
}

/** What is in the log when it begins: users, and groups of the first of them. */
export interface LogShape {
  readonly users: number;
  readonly groups: number;
  readonly members: number;
}

/**
 * The stand-in has all of its log in memory. Every 64 MiB of messages the engine would look through all of that for garbage: two
 * fifths of a core while the relay catches up, more than what the stand-in does for it. So it gets room for a whole run.
 */
const roomForGarbage = [
  '--external-memory-accounted-in-global-limit',
  '--initial-old-space-size=3000',
  '--max-old-space-size=4000',
  '--max-semi-space-size=32',
];

/** Runs the work on a stand-in for EventStoreDB in a process of its own. */
export async function withLog<T>(shape: LogShape, work: (log: SeededLog) => Promise<T>): Promise<T> {
  const script = new URL('event-store-process.ts', import.meta.url);
  const size = [shape.users, shape.groups, shape.members].map(String);
  const { process, ready } = await TurnProcess.start<SeededLog, object>(script, size, roomForGarbage);
  try {
    return await work(ready);
  } finally {
    await process.stop();
  }
}
