import type { EventEnvelope } from '#event-catalog';
import { InMemoryEventStore, type RecordedEvent } from '#event-store';
import { CheckpointSignal } from '../freshness/checkpoint-signal.js';
import { ProjectionRunner, type ProjectionRunnerOptions } from '../runner/projection-runner.js';
import type { ProjectionState } from '../runner/projection-state.js';
import { InMemoryTarget } from './in-memory-target.js';
import { envelope } from './sample-events.js';

/** A runner that carries a log in memory into a target in memory, and what it says of itself. */
export class RunnerScenario {
  readonly log = new InMemoryEventStore();
  readonly target = new InMemoryTarget();
  readonly progress = new CheckpointSignal();
  readonly stop = new AbortController();
  readonly states: ProjectionState[] = [];
  unreadable: string | undefined;

  readonly #readEvent = ({ id, position }: RecordedEvent): EventEnvelope => {
    if (id === this.unreadable) throw new Error('unknown type');
    return envelope(Number(position));
  };

  start(options: Partial<ProjectionRunnerOptions> = {}, signal = this.stop.signal): Promise<ProjectionState> {
    const runner = new ProjectionRunner({
      log: this.log,
      readEvent: this.#readEvent,
      target: this.target,
      progress: this.progress,
      observer: { stateChanged: (state) => this.states.push(state) },
      backOff: () => 0,
      ...options,
    });
    return runner.run(signal);
  }

  get appliedIds(): string[] {
    return this.target.applied.map(({ eventId }) => eventId);
  }
}
