import type { EventEnvelope } from '#event-catalog';
import type { RelayMessage } from '../messages/relay-message.js';
import type { MessagesOfEvent } from '../state/messages-of-event.js';
import { type Outgoing, publishable } from './outgoing.js';

/**
 * Messages in one send, and characters of their values: enough to be worth a round trip, and little enough that the next are
 * soon written. What an event alone leads to may be more: the end of a group is a tombstone for each of its members.
 */
const mostPerSend = { messages: 1_024, characters: 4_000_000 };

/** The messages of a batch, in runs for one send each. From when they begin one run is written ahead of what is taken. */
export class WrittenRuns {
  readonly #runs: AsyncGenerator<readonly Outgoing[], void, undefined>;
  readonly #allTaken = Promise.withResolvers<void>();
  #next: Promise<readonly Outgoing[] | undefined> | undefined;

  constructor(batch: readonly EventEnvelope[], messages: MessagesOfEvent) {
    this.#runs = writeRuns(batch, messages);
  }

  /** Resolves once the last run is taken; never where writing one fails. */
  get allTaken(): Promise<void> {
    return this.#allTaken.promise;
  }

  /** Writes the first run, unless that has begun. */
  begin(): void {
    this.#next ??= this.#write();
  }

  /**
   * Begins, too.
   *
   * @returns undefined after the last run.
   * @throws EventStoreUnavailable what a user or group was is looked up in the log.
   */
  async take(): Promise<readonly Outgoing[] | undefined> {
    this.begin();
    const run = await this.#next;
    if (run) this.#next = this.#write();
    return run;
  }

  #write(): Promise<readonly Outgoing[] | undefined> {
    const next = this.#runs.next().then(({ done, value }) => {
      if (done) this.#allTaken.resolve();
      return value ?? undefined;
    });
    // Whoever takes it hears of it; until then it must not count as a rejection that nobody handles.
    next.catch(() => undefined);
    return next;
  }
}

async function* writeRuns(
  batch: readonly EventEnvelope[],
  messages: MessagesOfEvent,
): AsyncGenerator<readonly Outgoing[], void, undefined> {
  let run = new RunBuilder();
  for (const envelope of batch) {
    const event = publishable(envelope);
    if (!event) continue;
    const written = await messages.write(event.envelope, event.owner);
    if (!run.hasRoomFor(written)) {
      yield run.outgoing;
      run = new RunBuilder();
    }
    run.add({ ...event, messages: written });
  }
  yield run.outgoing;
}

class RunBuilder {
  readonly outgoing: Outgoing[] = [];
  #messages = 0;
  #characters = 0;

  hasRoomFor(messages: readonly RelayMessage[]): boolean {
    if (this.outgoing.length === 0) return true;
    return (
      this.#messages + messages.length <= mostPerSend.messages &&
      this.#characters + charactersOf(messages) <= mostPerSend.characters
    );
  }

  add(outgoing: Outgoing): void {
    this.outgoing.push(outgoing);
    this.#messages += outgoing.messages.length;
    this.#characters += charactersOf(outgoing.messages);
  }
}

function charactersOf(messages: readonly RelayMessage[]): number {
  return messages.reduce((sum, { value }) => sum + (value?.length ?? 0), 0);
}
