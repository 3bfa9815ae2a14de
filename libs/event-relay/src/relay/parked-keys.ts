import type { ParkedKey } from './parked-key.js';
import type { RelayLedger } from './relay-ledger.js';

/** What an operator can do about keys that are parked. The relay carries it out, in whatever process it runs. */
export class ParkedKeys {
  constructor(private readonly ledger: Pick<RelayLedger, 'parkedKeys' | 'request'>) {}

  /** The longest parked first. */
  list(): Promise<readonly ParkedKey[]> {
    return this.ledger.parkedKeys();
  }

  /**
   * Publishes what waits, e.g. once the topic takes larger messages. Is parked again where it still cannot be sent.
   *
   * @returns whether the key is parked.
   */
  retry(key: string): Promise<boolean> {
    return this.ledger.request(key, 'retry');
  }

  /**
   * Gives up what cannot be sent of the one event that the key is parked at, and publishes the later ones. Consumers of
   * events see a jump of the key's revisions by one.
   *
   * @param eventId the event to give up, so that nobody drops another than the one he has looked at.
   * @returns whether the key is parked at this event.
   */
  drop(key: string, eventId: string): Promise<boolean> {
    return this.ledger.request(key, 'drop', eventId);
  }
}
