import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { Counter, Gauge } from 'prom-client';
import type { HealthIndicator } from '#platform';
import {
  type CheckpointSignal,
  endsOwnership,
  GenerationKeeper,
  type GenerationKeeperOptions,
  haltOf,
  type HaltRecord,
  type ProjectionObserver,
  ProjectionRunner,
  type ProjectionRunnerOptions,
  type ProjectionState,
} from '#projections';
import { EventStoreDamaged, type Position } from '#event-store';
import { failureLine } from './failure-line.js';
import { observeGenerations } from './observe-generations.js';

interface Hosted {
  readonly name: string;
  readonly progress: CheckpointSignal;
  /** Where the log ended when the process started: what the projection has to come to before it counts as ready. */
  readonly startedAt: Position;
  /** Whether requests are served without it just as well: then it is no reason to send them elsewhere. Default: they are not. */
  readonly isAside?: boolean;
  /** What is wrong with its target, in words for an operator, where that can be known. */
  readonly problem?: () => string | undefined;
}

/** A projection of one target. */
export interface HostedTarget extends Hosted, Omit<ProjectionRunnerOptions, 'observer' | 'progress'> {}

/** A projection that has generations. */
export interface HostedGenerations extends Hosted, Omit<GenerationKeeperOptions, 'observer' | 'progress'> {}

/** A projection this process runs. */
export type HostedProjection = HostedTarget | HostedGenerations;

type Runner = Pick<ProjectionRunner, 'run' | 'state'>;

/** Injection tokens of the projections to run, of the log lines' destination, and of where it is written down what has stopped. */
export const PROJECTIONS = Symbol('PROJECTIONS');
export const PROJECTOR_LOGGER = Symbol('PROJECTOR_LOGGER');
export const HALTS = Symbol('HALTS');

const eventsApplied = new Counter({
  name: 'projection_events_total',
  help: 'Events applied since the process started',
  labelNames: ['projection'],
});
const checkpoint = new Gauge({
  name: 'projection_checkpoint',
  help: 'Position in the log up to which everything is applied',
  labelNames: ['projection'],
});
const failed = new Gauge({
  name: 'projection_failed',
  help: '1 where the projection has stopped at an event it cannot read or apply, and a person must act',
  labelNames: ['projection'],
});
const retrying = new Gauge({
  name: 'projection_retrying',
  help: '1 where the projection waits for a log, a view or brokers that are away, and goes on by itself',
  labelNames: ['projection'],
});

/** Runs projections for as long as the application runs, and says how they are. */
@Injectable()
export class ProjectionHost implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #stop = new AbortController();
  readonly #hosted: readonly { readonly projection: HostedProjection; readonly runner: Runner }[];
  #running: readonly Promise<ProjectionState>[] = [];
  /** What is being written down, one after the other. */
  #noting: Promise<void> = Promise.resolve();
  readonly #stopped = Promise.withResolvers<void>();
  /** Projections that run, as far as is written down. */
  readonly #lifted = new Set<string>();

  constructor(
    @Inject(PROJECTIONS) projections: readonly HostedProjection[],
    @Inject(PROJECTOR_LOGGER) private readonly logger: Logger,
    @Inject(HALTS) private readonly halts: HaltRecord,
  ) {
    this.#hosted = projections.map((projection) => ({ projection, runner: this.#runnerOf(projection) }));
  }

  get indicators(): readonly HealthIndicator[] {
    return this.#hosted
      .filter(({ projection }) => !projection.isAside)
      .map(({ projection, runner }) => ({
        name: `projection ${projection.name}`,
        problem: () => problemOf(projection, runner.state),
      }));
  }

  /** Resolves when this process is not to go on with one of the projections: another one has, or the log is not the one it was. */
  async ownershipEnded(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    for (const running of this.#running) {
      void running.then((state) => {
        if (state.status === 'failed' && endsOwnership(state.failure)) resolve();
      });
    }
    await promise;
  }

  /** Resolves when one of the projections has stopped and needs a person. */
  stopped(): Promise<void> {
    return this.#stopped.promise;
  }

  onApplicationBootstrap(): void {
    this.#running = this.#hosted.map(({ runner }) => runner.run(this.#stop.signal));
  }

  /** Called once the HTTP server has drained: what was answered is applied, or will be at the next start. */
  async onApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#running);
    await this.#noting;
    for (const { projection } of this.#hosted) {
      failed.set({ projection: projection.name }, 0);
      // From here on it moves elsewhere, if at all.
      checkpoint.remove({ projection: projection.name });
    }
  }

  #runnerOf({ name, ...options }: HostedProjection): Runner {
    const labels = { projection: name };
    failed.set(labels, 0);
    const observer: ProjectionObserver = {
      batchApplied: (batch) => {
        eventsApplied.inc(labels, batch.events);
        checkpoint.set(labels, Number(batch.checkpoint));
      },
      stateChanged: (state) => this.#report(name, state),
    };
    if ('target' in options) return new ProjectionRunner({ ...options, observer });
    return new GenerationKeeper({ ...options, observer: { ...observer, ...observeGenerations(name, this.logger) } });
  }

  #report(projection: string, state: ProjectionState): void {
    retrying.set({ projection }, state.status === 'retrying' ? 1 : 0);
    if (state.status === 'running') {
      checkpoint.set({ projection }, Number(state.checkpoint));
      failed.set({ projection }, 0);
      this.#lift(projection);
    } else if (state.status === 'failed' && state.failure.kind === 'ownership') {
      this.logger.info({ projection }, 'another process has taken the projection over');
    } else if (state.status === 'failed' && state.failure.kind === 'parted') {
      this.logger.warn({ projection, err: state.failure.cause }, 'projection has to be taken over anew');
    } else if (state.status === 'failed') {
      failed.set({ projection }, 1);
      this.logger.error({ projection, ...failureLine(state.failure) }, 'projection has stopped and needs a person');
      const halt = haltOf(projection, state.failure, Date.now());
      this.#lifted.delete(projection);
      if (halt) this.#note(projection, (halts) => halts.note(halt));
      this.#stopped.resolve();
    } else if (state.status === 'retrying') {
      const line = { projection, attempt: state.attempt, away: state.away, err: state.cause };
      if (isLogDamaged(state)) this.logger.error(line, 'projection waits: the log is damaged');
      else this.logger.warn(line, 'projection waits');
    }
  }

  #lift(projection: string): void {
    if (this.#lifted.has(projection)) return;
    this.#lifted.add(projection);
    this.#note(projection, (halts) => halts.lift(projection));
  }

  /** The log line says the same: where it cannot be written down, operators have that. */
  #note(projection: string, write: (halts: HaltRecord) => Promise<void>): void {
    const done = this.#noting.then(() => write(this.halts));
    this.#noting = done.catch((err: unknown) => this.logger.warn({ projection, err }, 'a halt cannot be written down'));
  }
}

function problemOf({ progress, startedAt, problem }: HostedProjection, state: ProjectionState): string | undefined {
  const own = problem?.();
  if (own !== undefined) return own;
  if (state.status === 'failed') return `it has stopped: ${state.failure.kind} failure, see the log`;
  if (isLogDamaged(state)) {
    return `the log is damaged: after position ${state.checkpoint} it cannot be read. Restore it from a backup`;
  }
  if (!progress.hasReached(startedAt)) return `it is catching up: at position ${progress.current} of ${startedAt}`;
  return undefined;
}

/** It is tried again all the same: somebody may put the file's pages back. */
function isLogDamaged(state: ProjectionState): state is Extract<ProjectionState, { readonly status: 'retrying' }> {
  return state.status === 'retrying' && state.cause instanceof EventStoreDamaged;
}
