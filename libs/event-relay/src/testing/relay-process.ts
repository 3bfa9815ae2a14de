import { inspect } from 'node:util';
import { systemClock } from '#kernel';
import { eventCodec } from '#event-catalog';
import type { EventStore, Position } from '#event-store';
import { CheckpointSignal, ProjectionRunner, type ProjectionState } from '#projections';
import { concernsRelay } from '../relay/concerns-relay.js';
import { EventRelay, type EventRelayOptions } from '../relay/event-relay.js';
import { publishingCost } from '../relay/publishing-cost.js';

type RelayOptions = Pick<
  EventRelayOptions,
  'ledger' | 'publisher' | 'observer' | 'withheld' | 'requestsEveryMs' | 'rememberedStates'
>;

export interface RelayProcessOptions extends RelayOptions {
  readonly log: EventStore;
  readonly batchSize?: number;
  /** How long `stop` waits for a batch under way, milliseconds. Default 5,000. */
  readonly stopWithinMs?: number;
}

/** A relay and its runner, put together as an application does. */
export class RelayProcess {
  readonly relay: EventRelay;
  readonly progress = new CheckpointSignal({ stallAfterMs: 120_000 });
  readonly #stop = new AbortController();
  readonly #ended: Promise<ProjectionState>;
  readonly #runner: ProjectionRunner;

  constructor({ log, batchSize = 512, stopWithinMs = 5_000, ...options }: RelayProcessOptions) {
    const readEvent = eventCodec.decode.bind(eventCodec);
    this.relay = new EventRelay({ requestsEveryMs: 50, ...options, log, readEvent, clock: systemClock });
    this.#runner = new ProjectionRunner({
      log,
      readEvent,
      batchSize,
      concerns: concernsRelay,
      costOf: publishingCost,
      readsAhead: true,
      target: this.relay,
      progress: this.progress,
      backOff: () => 20,
      stopWithinMs,
    });
    this.#ended = this.#runner.run(this.#stop.signal);
  }

  get state(): ProjectionState {
    return this.#runner.state;
  }

  /** Resolves once everything up to the position is published. @throws where the relay stops before that. */
  async published(position: Position, withinMs = 60_000): Promise<void> {
    if (await Promise.race([this.progress.reached(position, withinMs), this.#ended.then(() => false)])) return;
    throw new Error(`The relay is at ${this.progress.current}, not at ${position}: ${inspect(this.state)}`);
  }

  /** Resolves when the relay stops by itself. */
  get ended(): Promise<ProjectionState> {
    return this.#ended;
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#ended;
    await this.relay.close();
  }
}
