import type { Position } from '#event-store';
import type { CheckpointSignal } from '../freshness/checkpoint-signal.js';
import { pause, type Pause } from '../runner/back-off.js';
import type { ProjectionRunnerOptions } from '../runner/projection-runner.js';
import type { OwnershipEnd, ProjectionState } from '../runner/projection-state.js';
import type { FollowedLog } from '../runner/subscribe-same-log.js';
import { withinAfterAbort } from '../runner/within-after-abort.js';
import { FollowedGenerations } from './followed-generations.js';
import type { GenerationCatalogue } from './generation-catalogue.js';
import type { GenerationObserver } from './generation-observer.js';
import type { KeptGeneration } from './kept-generation.js';
import { ServedProgress } from './served-progress.js';

export interface GenerationKeeperOptions extends Omit<
  ProjectionRunnerOptions,
  'log' | 'target' | 'progress' | 'observer'
> {
  readonly log: FollowedLog;
  readonly catalogue: GenerationCatalogue;
  /** Told how far the live generation is, whichever that is; before the first one is live, how far that has been built. */
  readonly progress: CheckpointSignal;
  readonly observer?: GenerationObserver;
  /** How often it is looked whether somebody wants a generation built, milliseconds. Default 1,000. */
  readonly lookEveryMs?: number;
  /** How long what was live is kept up after a flip, for those who have not heard of it yet, milliseconds. Default 10,000. */
  readonly partingMs?: number;
  /** Between two looks, and before a parting. Default: by timer. */
  readonly pause?: Pause;
}

/**
 * Keeps up the live generation of a view, builds the next one beside it where that is wanted, and makes it live once it has
 * caught up. A build that was cut short goes on where it stood. See docs/decisions/generations.md.
 */
export class GenerationKeeper {
  readonly #options: GenerationKeeperOptions;
  readonly #progress: ServedProgress;
  readonly #followed: FollowedGenerations;
  readonly #pause: Pause;
  #live: KeptGeneration | undefined;
  #building: KeptGeneration | undefined;
  /** How far the one in building has to be to become live. */
  #goal = 0n as Position;
  #failure: OwnershipEnd | undefined;
  /** Has the next look follow upon this one without a pause. */
  #early = new AbortController();

  constructor(options: GenerationKeeperOptions) {
    this.#options = options;
    this.#pause = options.pause ?? pause;
    this.#progress = new ServedProgress(options.progress);
    this.#followed = new FollowedGenerations({
      ...options,
      progress: this.#progress,
      isServed: (number) => this.#served?.number === number,
      began: () => this.#early.abort(),
      cameToRest: (generation) => {
        this.#early.abort();
        this.#failure ??= generation.ownershipEnd;
      },
    });
  }

  /** Of the generation that is read. */
  get state(): ProjectionState {
    const state = this.#served?.state ?? { status: 'idle' };
    if (!this.#failure) return state;
    const checkpoint = 'checkpoint' in state ? state.checkpoint : (0n as Position);
    return { status: 'failed', checkpoint, failure: this.#failure };
  }

  /**
   * Until the signal aborts, another process has taken over or changed what is live, or the log has parted. Never rejects. A look at the
   * catalogue that outlives `stopWithinMs` begins nothing any more.
   *
   * @returns the state that the live generation came to rest in; `ownership` or `parted` where this process is not to go on.
   */
  async run(signal: AbortSignal): Promise<ProjectionState> {
    const over = new AbortController();
    const end = AbortSignal.any([signal, over.signal]);
    end.addEventListener('abort', () => this.#early.abort());
    await withinAfterAbort(this.#keep(end, over), end, this.#options.stopWithinMs ?? 5_000);
    await this.#followed.atRest();
    return this.state;
  }

  /** Until the end, and until all that was let go before is given back. */
  async #keep(end: AbortSignal, over: AbortController): Promise<void> {
    while (!end.aborted) {
      this.#early = new AbortController();
      await this.#look(end).catch((cause: unknown) => this.#options.observer?.unclear?.(cause));
      if (this.#failure) over.abort();
      else if (!end.aborted) await this.#pause(this.#lookEveryMs, this.#early.signal);
    }
    await this.#followed.left();
  }

  get #lookEveryMs(): number {
    return this.#options.lookEveryMs ?? 1_000;
  }

  get #served(): KeptGeneration | undefined {
    return this.#live ?? this.#building;
  }

  async #look(signal: AbortSignal): Promise<void> {
    const { live, building } = await this.#options.catalogue.toKeep();
    if (this.#live && this.#live.number !== live) return this.#lose(this.#live, 'it is not the live one any more');
    if (live !== undefined) this.#live ??= await this.#followed.follow(live, signal);
    if (this.#building && this.#building.number !== building) {
      this.#followed.letGo(this.#building);
      this.#building = undefined;
    }
    if (building !== undefined && !this.#building) {
      this.#goal = await this.#options.log.head();
      this.#building = await this.#followed.follow(building, signal);
    }
    if (signal.aborted) return;
    this.#progress.serve(this.#served?.progress);
    const built = this.#building;
    if (built?.isFollowing && built.progress.hasReached(this.#goal)) await this.#flip(built, signal);
    if (this.#building) this.#lookEarly(this.#building);
  }

  async #flip(built: KeptGeneration, signal: AbortSignal): Promise<void> {
    // What readers are told of meanwhile has to be true of whichever they read afterwards.
    this.#progress.serve(undefined);
    try {
      const flip = await this.#options.catalogue.makeLive(built.number);
      if (flip.outcome === 'behind') this.#goal = flip.checkpoint;
      if (flip.outcome !== 'live') return;
      this.#building = undefined;
      if (this.#live) void this.#part(this.#live, signal);
      this.#live = built;
      this.#options.observer?.madeLive?.(built.number);
      // The one before may have stopped; what is read from here on has not.
      this.#options.observer?.stateChanged?.(built.state);
    } finally {
      this.#progress.serve(this.#served?.progress);
    }
  }

  async #part(former: KeptGeneration, signal: AbortSignal): Promise<void> {
    await this.#pause(this.#options.partingMs ?? 10_000, signal);
    const isInUse = [this.#live, this.#building].some((one) => one?.number === former.number);
    // At the end all are given back by whoever has the catalogue, which may be closed already.
    if (!isInUse && !signal.aborted) this.#followed.letGo(former);
  }

  #lose({ number }: KeptGeneration, why: string): void {
    this.#failure = { kind: 'ownership', cause: new Error(`Generation ${number}: ${why}.`) };
  }

  /** Has the next look come when the one in building is as far as it has to be. */
  #lookEarly({ progress }: KeptGeneration): void {
    // One that is far enough and was not flipped was refused; to ask at once would be to ask without end.
    if (progress.hasReached(this.#goal)) return;
    const early = this.#early;
    void progress.reached(this.#goal, this.#lookEveryMs).then((reached) => reached && early.abort());
  }
}
