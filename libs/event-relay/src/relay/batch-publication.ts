import type { Clock } from '#kernel';
import type { Position } from '#event-store';
import { type Outgoing, parkedAt, type PublishableEvent } from './outgoing.js';
import type { ParkedKey } from './parked-key.js';
import type { Sender } from './sender.js';
import type { WrittenRuns } from './written-runs.js';

export interface PublicationParts {
  readonly sender: Sender;
  readonly clock: Clock;
}

/** The publication of one batch. */
export class BatchPublication {
  readonly #parts: PublicationParts;
  readonly #parked: ReadonlyMap<string, Position>;
  readonly #underWay: Map<string, PublishableEvent>;
  /** Keys that could not go on in this batch. */
  readonly parking = new Map<string, ParkedKey>();
  /** Messages acknowledged. */
  sent = 0;

  /**
   * @param parked keys whose events wait, from which position on.
   * @param underWay is told of each key's first event, before that is sent.
   */
  constructor(parts: PublicationParts, parked: ReadonlyMap<string, Position>, underWay: Map<string, PublishableEvent>) {
    this.#parts = parts;
    this.#parked = parked;
    this.#underWay = underWay;
  }

  /**
   * @throws TargetUnavailableError some of the batch may be published.
   * @throws EventStoreUnavailable likewise.
   */
  async run(runs: WrittenRuns): Promise<void> {
    for (let run = await runs.take(); run; run = await runs.take()) await this.#send(run);
  }

  async #send(run: readonly Outgoing[]): Promise<void> {
    const { flowing, obstacles } = this.#obstaclesIn(run);
    const messages = flowing.flatMap((event) => event.messages);
    for (const event of flowing) if (!this.#underWay.has(event.key)) this.#underWay.set(event.key, event);
    if ((await this.#parts.sender.send(messages)) === undefined) this.sent += messages.length;
    else await this.#sendOneByOne(flowing);
    for (const [event, obstacle] of obstacles) this.#park(event, obstacle);
  }

  /** What can be sent, and the first event of each key that never can; later ones of these keys wait behind it. */
  #obstaclesIn(run: readonly Outgoing[]): { flowing: readonly Outgoing[]; obstacles: Map<Outgoing, string> } {
    const flowing: Outgoing[] = [];
    const obstacles = new Map<Outgoing, string>();
    const obstructed = new Set<string>();
    for (const event of run) {
      if (this.#waits(event) || obstructed.has(event.key)) continue;
      const obstacle = this.#parts.sender.obstacle(event.messages);
      if (obstacle === undefined) flowing.push(event);
      else {
        obstructed.add(event.key);
        obstacles.set(event, obstacle);
      }
    }
    return { flowing, obstacles };
  }

  #waits({ key, envelope }: PublishableEvent): boolean {
    if (this.parking.has(key)) return true;
    const from = this.#parked.get(key);
    return from !== undefined && envelope.position >= from;
  }

  /** Finds out for which keys the brokers refuse a send. */
  async #sendOneByOne(outgoing: readonly Outgoing[]): Promise<void> {
    for (const event of outgoing) {
      if (this.parking.has(event.key)) continue;
      const refusal = await this.#parts.sender.send(event.messages);
      if (refusal === undefined) this.sent += event.messages.length;
      else this.#park(event, refusal);
    }
  }

  /** Unless the key is parked at an earlier event. */
  #park(event: PublishableEvent, reason: string): void {
    if (this.parking.has(event.key)) return;
    this.parking.set(event.key, parkedAt(event, reason, this.#parts.clock.now()));
  }
}
