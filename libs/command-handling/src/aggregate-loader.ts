import { MostRecent } from '#kernel';
import type { DirectoryEvent, EventCodec } from '#event-catalog';
import {
  type EventStore,
  type ExpectedRevision,
  type Revision,
  revisionAfter,
  type StreamName,
  streamPages,
} from '#event-store';

/** A stream folded to its end. */
export interface Loaded<State, At extends ExpectedRevision = ExpectedRevision> {
  readonly state: State;
  readonly revision: At;
}

/** How a stream's events become a state. */
export interface Fold<State, Event extends DirectoryEvent> {
  readonly initial: State;
  evolve(state: State, event: Event, at: number): State;
}

/**
 * Folds streams, remembering the outcome of the most recent ones. `load` begins at what is remembered and reads the rest
 * of the stream, so that another process's events are never missed; `recall` leaves that to the append that follows.
 */
export class AggregateLoader<State, Event extends DirectoryEvent> {
  readonly #remembered: MostRecent<StreamName, Loaded<State>>;

  constructor(
    private readonly store: EventStore,
    private readonly codec: EventCodec,
    private readonly fold: Fold<State, Event>,
    /** Most streams remembered; see `MostRecent`. */
    capacity: number,
  ) {
    this.#remembered = new MostRecent(capacity);
  }

  get empty(): Loaded<State> {
    return { state: this.fold.initial, revision: 'no-stream' };
  }

  /**
   * A stream as it once was, without reading it where that is remembered: good for a decision whose append proves that it
   * still is so, and for nothing else.
   *
   * @throws EventStoreUnavailable | UnreadableEventError
   */
  async recall(stream: StreamName): Promise<Loaded<State>> {
    return this.#remembered.get(stream) ?? this.load(stream);
  }

  /** @throws EventStoreUnavailable | UnreadableEventError */
  async load(stream: StreamName): Promise<Loaded<State>> {
    const known = this.#remembered.get(stream) ?? this.empty;
    let { state, revision } = known;
    for await (const page of streamPages(this.store, stream, revisionAfter(revision))) {
      for (const recorded of page) {
        const { event, metadata } = this.codec.decode(recorded);
        state = this.fold.evolve(state, event as Event, metadata.occurredAt);
        ({ revision } = recorded);
      }
    }
    if (revision === 'no-stream' || revision === known.revision) return known;
    return this.#remember(stream, { state, revision });
  }

  /** What a stream is after events that were just appended at `loaded.revision`. */
  advance(stream: StreamName, loaded: Loaded<State>, events: readonly Event[], at: number): Loaded<State, Revision> {
    const state = events.reduce((before, event) => this.fold.evolve(before, event, at), loaded.state);
    const revision = (revisionAfter(loaded.revision) + events.length - 1) as Revision;
    return this.#remember(stream, { state, revision });
  }

  #remember<At extends Revision>(stream: StreamName, loaded: Loaded<State, At>): Loaded<State, At> {
    this.#remembered.set(stream, loaded);
    return loaded;
  }
}
