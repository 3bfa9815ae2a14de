import { MostRecent } from '#kernel';
import { absentGroup, absentUser, evolveGroup, evolveUser, type GroupEvent, type GroupState } from '#directory-domain';
import type { UserEvent, UserState } from '#directory-domain';
import type { StreamOwner } from '#event-catalog';
import type { StreamName } from '#event-store';
import type { ResourceEvent } from '../messages/event-message.js';
import type { StreamReader } from './stream-reader.js';

interface Folded {
  readonly state: UserState | GroupState;
  /** The last event that is in it; -1 where none is. */
  readonly revision: number;
}

/** What users and groups are after an event of theirs: folded from the log, and remembered for the next event. */
export class ResourceStates {
  readonly #remembered: MostRecent<StreamName, Folded>;

  /** @param capacity most states remembered; each is some kilobytes. */
  constructor(
    private readonly reader: StreamReader,
    capacity: number,
  ) {
    this.#remembered = new MostRecent(capacity);
  }

  /** The state that the event leads to. Reads the stream where it does not know the state before. */
  async after(envelope: ResourceEvent, { kind }: StreamOwner): Promise<UserState | GroupState> {
    const before = await this.#before(envelope, kind);
    const state = evolve(kind, before, envelope);
    this.#remembered.set(envelope.stream, { state, revision: envelope.revision });
    return state;
  }

  /** Takes an event in whose outcome nobody asks for, so that the next one need not be read for. */
  pass(envelope: ResourceEvent, { kind }: StreamOwner): void {
    const known = this.#remembered.get(envelope.stream);
    if (known?.revision !== envelope.revision - 1) return;
    const state = evolve(kind, known.state, envelope);
    this.#remembered.set(envelope.stream, { state, revision: envelope.revision });
  }

  async #before({ stream, revision }: ResourceEvent, kind: StreamOwner['kind']): Promise<UserState | GroupState> {
    let { state, revision: last } = this.#knownUpTo(stream, revision) ?? {
      state: kind === 'user' ? absentUser : absentGroup,
      revision: -1,
    };
    if (last === revision - 1) return state;
    for await (const page of this.reader.pages(stream, last + 1, revision)) {
      for (const envelope of page) state = evolve(kind, state, envelope);
      last += page.length;
    }
    return state;
  }

  /** A batch that comes again meets states from beyond its events. */
  #knownUpTo(stream: StreamName, revision: number): Folded | undefined {
    const known = this.#remembered.get(stream);
    return known && known.revision < revision ? known : undefined;
  }
}

function evolve(
  kind: StreamOwner['kind'],
  state: UserState | GroupState,
  { event, metadata: { occurredAt } }: ResourceEvent,
): UserState | GroupState {
  return kind === 'user'
    ? evolveUser(state as UserState, event as UserEvent, occurredAt)
    : evolveGroup(state, event as GroupEvent, occurredAt);
}
