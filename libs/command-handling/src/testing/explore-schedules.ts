import type { EventStore } from '#event-store';
import type { PortCall } from './intercepted-store.js';
import { type Actor, ScheduledRun } from './scheduled-run.js';

/** A move of a schedule: an actor makes its next call, or stops for a long while (perhaps for ever). */
interface Move {
  readonly actor: number;
  readonly kind: 'step' | 'stop';
}

export interface Scenario<Outcome> {
  /** Called anew for every schedule. */
  prepare(): Promise<{ readonly store: EventStore; readonly actors: readonly Actor<Outcome>[] }>;
  /** Looks at what a schedule led to: throws at a broken promise. */
  check(store: EventStore, run: ScheduledRun<Outcome>): Promise<void>;
}

export interface Exploration {
  readonly schedules: number;
  /** False where the budget ran out first. */
  readonly complete: boolean;
}

/** A place in the tree of schedules: the move being explored, and the moves that need not be (any more). */
interface Node {
  readonly moves: readonly Move[];
  readonly calls: ReadonlyMap<string, PortCall | undefined>;
  readonly done: Map<string, Move>;
  move: Move;
}

/**
 * Runs every schedule of a scenario, depth first, each from the beginning. Of schedules that differ only in the order of
 * moves that cannot influence one another one is run (sleep sets). After `depth` moves one actor after the other runs to
 * its end.
 */
export async function exploreSchedules<Outcome>(
  scenario: Scenario<Outcome>,
  { depth, budget }: { readonly depth: number; readonly budget: number },
): Promise<Exploration> {
  const path: Node[] = [];
  let schedules = 0;
  do {
    if (schedules === budget) return { schedules, complete: false };
    const { store, actors } = await scenario.prepare();
    const run = await ScheduledRun.start(store, actors);
    if (await follow(run, path, depth)) {
      schedules++;
      await scenario.check(store, run);
    }
  } while (advance(path));
  return { schedules, complete: true };
}

/** @returns false where the rest of the schedule is one that was run before. */
async function follow<Outcome>(run: ScheduledRun<Outcome>, path: Node[], depth: number): Promise<boolean> {
  const stopped = new Set<number>();
  for (let at = 0; at < depth; at++) {
    const node = path[at] ?? extend(run, path, movesOf(run, stopped));
    if (node === 'nothing-left') return true;
    if (node === 'seen') return false;
    if (node.move.kind === 'stop') stopped.add(node.move.actor);
    else await run.step(node.move.actor);
  }
  for (const actor of run.outcomes.keys()) if (!stopped.has(actor)) await run.finish(actor);
  return true;
}

/** What can happen next. */
export function movesOf<Outcome>(run: ScheduledRun<Outcome>, stopped: ReadonlySet<number>): readonly Move[] {
  return [...run.outcomes.keys()]
    .filter((actor) => run.pending(actor) && !stopped.has(actor))
    .flatMap((actor) => [
      { actor, kind: 'step' },
      { actor, kind: 'stop' },
    ]);
}

function extend<Outcome>(
  run: ScheduledRun<Outcome>,
  path: Node[],
  moves: readonly Move[],
): Node | 'nothing-left' | 'seen' {
  if (moves.length === 0) return 'nothing-left';
  const calls = new Map(moves.map((move) => [key(move), move.kind === 'step' ? run.pending(move.actor) : undefined]));
  const done = new Map<string, Move>();
  const parent = path.at(-1);
  if (parent) {
    for (const [id, move] of parent.done) if (independent(parent, move, parent.move)) done.set(id, move);
  }
  const move = moves.find((candidate) => !done.has(key(candidate)));
  if (!move) return 'seen';
  const node = { moves, calls, done, move };
  path.push(node);
  return node;
}

/** Turns to the next schedule. */
function advance(path: Node[]): boolean {
  for (let node = path.at(-1); node; node = path.at(-1)) {
    const { done, moves, move } = node;
    done.set(key(move), move);
    const next = moves.find((candidate) => !done.has(key(candidate)));
    if (next) {
      node.move = next;
      return true;
    }
    path.pop();
  }
  return false;
}

/** Whether two moves lead to the same from either order. Appends never do: the log remembers their order. */
function independent(node: Node, one: Move, other: Move): boolean {
  if (one.actor === other.actor) return false;
  const [a, b] = [node.calls.get(key(one)), node.calls.get(key(other))];
  if (!a || !b) return true;
  if (a.operation === 'append') return b.operation === 'read' && !writes(a, b.stream);
  return b.operation === 'read' || !writes(b, a.stream);
}

function writes(call: PortCall & { operation: 'append' }, stream: string): boolean {
  return call.appends.some((append) => append.stream === stream);
}

const key = ({ actor, kind }: Move) => `${kind} ${actor}`;
