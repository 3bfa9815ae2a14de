import type { EventStore } from '#event-store';
import { InterceptedStore, type PortCall } from './intercepted-store.js';

/** Something that runs on a store of its own view, one port call at a time as a schedule lets it. */
export type Actor<Outcome> = (store: EventStore) => Promise<Outcome>;

/** A call that waits to be let through. */
interface PendingCall {
  readonly call: PortCall;
  readonly proceed: () => void;
}

/** Runs actors on one store so that at any time exactly one of them is between two port calls. */
export class ScheduledRun<Outcome> {
  readonly #pending: (PendingCall | undefined)[];
  readonly #moved: (() => void)[] = [];
  readonly outcomes: (PromiseSettledResult<Outcome> | undefined)[];

  private constructor(actors: readonly Actor<Outcome>[]) {
    this.#pending = actors.map(() => undefined);
    this.outcomes = actors.map(() => undefined);
  }

  /** Lets every actor run up to its first call. */
  static async start<Outcome>(store: EventStore, actors: readonly Actor<Outcome>[]): Promise<ScheduledRun<Outcome>> {
    const run = new ScheduledRun(actors);
    for (const [index, actor] of actors.entries()) await run.#start(store, actor, index);
    return run;
  }

  /** The call an actor waits to make; undefined once it has ended. */
  pending(actor: number): PortCall | undefined {
    return this.#pending[actor]?.call;
  }

  /** Lets an actor make its call and run up to the next one or to its end. */
  async step(actor: number): Promise<void> {
    const { proceed } = this.#pending[actor] as PendingCall;
    this.#pending[actor] = undefined;
    const moved = this.#untilMoved(actor);
    proceed();
    await moved;
  }

  /** Lets an actor run to its end. */
  async finish(actor: number): Promise<void> {
    while (this.#pending[actor]) await this.step(actor);
  }

  #start(store: EventStore, actor: Actor<Outcome>, index: number): Promise<void> {
    const moved = this.#untilMoved(index);
    const gated = new InterceptedStore(store, async (call, perform) => {
      await new Promise<void>((proceed) => {
        this.#pending[index] = { call, proceed };
        this.#moved[index]?.();
      });
      return perform();
    });
    const end = (outcome: PromiseSettledResult<Outcome>) => {
      this.outcomes[index] = outcome;
      this.#moved[index]?.();
    };
    actor(gated).then(
      (value) => end({ status: 'fulfilled', value }),
      (reason: unknown) => end({ status: 'rejected', reason }),
    );
    return moved;
  }

  #untilMoved(actor: number): Promise<void> {
    return new Promise((resolve) => (this.#moved[actor] = resolve));
  }
}
