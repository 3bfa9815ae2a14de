import { InMemoryEventStore, type Position } from '#event-store';
import { type EventEnvelope, eventCodec } from '#event-catalog';
import { CheckpointSignal, type GenerationCatalogue, GenerationKeeper, type ProjectionState } from '#projections';

/** A log in memory to which the events of a sample are appended one by one. */
export class GrowingLog {
  readonly store = new InMemoryEventStore();
  #appended = 0;

  constructor(private readonly sample: { readonly events: readonly EventEnvelope[] }) {}

  /** Those that were appended, at the positions they got. */
  get events(): readonly EventEnvelope[] {
    return this.sample.events
      .slice(0, this.#appended)
      .map((event, index) => ({ ...event, position: BigInt(index + 1) as Position }));
  }

  /** @param events how many more; default: all there are. @returns where the log ends then. */
  async append(events = Infinity): Promise<Position> {
    const more = this.sample.events.slice(this.#appended, this.#appended + events);
    for (const { event, eventId, stream, revision, metadata } of more) {
      const expected = revision === 0 ? 'no-stream' : ((revision - 1) as typeof revision);
      await this.store.append([{ stream, expected, events: [eventCodec.encode(eventId, event, metadata)] }]);
      this.#appended += 1;
    }
    return this.store.head();
  }
}

/** A view that is kept up as a projector does, but for how often it looks whether somebody wants something. */
export class KeptView {
  readonly progress = new CheckpointSignal({ stallAfterMs: 60_000 });
  /** Numbers of the generations that became live meanwhile. */
  readonly madeLive: number[] = [];
  readonly rest: Promise<ProjectionState>;
  /** Resolves when something has failed that trying again does not cure. */
  readonly failed: Promise<void>;
  readonly #stop = new AbortController();
  #changed = Promise.withResolvers<void>();

  /** @param stopWithinMs how long a transaction under way is waited for at the end. */
  constructor(catalogue: GenerationCatalogue, log: InMemoryEventStore, stopWithinMs = 5_000) {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.failed = promise;
    const failing = ({ status }: ProjectionState) => void (status === 'failed' && resolve());
    const keeper = new GenerationKeeper({
      catalogue,
      log,
      readEvent: eventCodec.decode.bind(eventCodec),
      progress: this.progress,
      batchSize: 4,
      stopWithinMs,
      lookEveryMs: 5,
      observer: {
        stateChanged: failing,
        besideChanged: (_, state) => failing(state),
        madeLive: (number) => {
          this.madeLive.push(number);
          this.#changed.resolve();
          this.#changed = Promise.withResolvers();
        },
      },
    });
    this.rest = keeper.run(this.#stop.signal);
  }

  /** Resolves when so many generations have become live. */
  async flips(count: number): Promise<void> {
    while (this.madeLive.length < count) await this.#changed.promise;
  }

  async end(): Promise<ProjectionState> {
    this.#stop.abort();
    return this.rest;
  }
}
