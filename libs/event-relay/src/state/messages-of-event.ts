import type { EventStore } from '#event-store';
import type { StreamOwner } from '#event-catalog';
import type { ReadEvent } from '#projections';
import { eventMessage, type ResourceEvent } from '../messages/event-message.js';
import { nothingWithheld, type Withheld } from '../messages/published-attributes.js';
import type { RelayMessage } from '../messages/relay-message.js';
import { membershipMessage, membershipTombstone, resourceStateMessage } from '../messages/state-messages.js';
import { membersBefore } from './members-before.js';
import { ResourceStates } from './resource-states.js';
import { StreamReader } from './stream-reader.js';

export interface MessagesOfEventOptions {
  readonly log: Pick<EventStore, 'readStream'>;
  readonly readEvent: ReadEvent;
  /** Default: nothing is withheld. */
  readonly withheld?: Withheld;
  /** Most states of users and groups remembered. Default 10,000. */
  readonly rememberedStates?: number;
}

/** Everything that an event has to be published as, the fact before what follows from it. */
export class MessagesOfEvent {
  readonly #reader: StreamReader;
  readonly #states: ResourceStates;
  readonly #withheld: Withheld;

  constructor({ log, readEvent, withheld = nothingWithheld, rememberedStates = 10_000 }: MessagesOfEventOptions) {
    this.#reader = new StreamReader(log, readEvent);
    this.#states = new ResourceStates(this.#reader, rememberedStates);
    this.#withheld = withheld;
  }

  async write(envelope: ResourceEvent, owner: StreamOwner): Promise<readonly RelayMessage[]> {
    return [eventMessage(envelope, owner, this.#withheld), ...(await this.#followUps(envelope, owner))];
  }

  async #followUps(envelope: ResourceEvent, owner: StreamOwner): Promise<readonly RelayMessage[]> {
    const { event } = envelope;
    switch (event.type) {
      case 'NameClaimAbandoned':
        this.#states.pass(envelope, owner);
        return [];
      case 'GroupMembershipChanged': {
        this.#states.pass(envelope, owner);
        const { added, removed } = event.data;
        return [
          ...removed.map((member) => membershipTombstone(envelope, owner, member)),
          ...added.map((member) => membershipMessage(envelope, owner, member)),
        ];
      }
      case 'GroupDeprovisioned': {
        const members = await membersBefore(this.#reader, envelope);
        const ends = Array.from(members, (member) => membershipTombstone(envelope, owner, member));
        return [...ends, await this.#stateAfter(envelope, owner)];
      }
      default:
        return [await this.#stateAfter(envelope, owner)];
    }
  }

  async #stateAfter(envelope: ResourceEvent, owner: StreamOwner): Promise<RelayMessage> {
    return resourceStateMessage(envelope, owner, await this.#states.after(envelope, owner), this.#withheld);
  }
}
