import type { ProvisioningMessage } from './provisioning-message.js';

/** The topics of SCIM Ledger, as this program reads them. */
export interface ProvisioningTopics {
  /**
   * Resolves once there are topics to read.
   *
   * @param waiting is told once where there is something to wait for.
   */
  untilThere(waiting: () => void): Promise<void>;

  /**
   * Hands over the states there are, then every event there is, then events as they come, until it is stopped.
   *
   * @param makeReader is asked again where the reading has to begin again.
   */
  read(makeReader: () => TopicsReader): Promise<Reading>;
}

export interface TopicsReader {
  /** From a compacted topic; of each key in order. */
  state(message: ProvisioningMessage): void;
  /**
   * Of each key in order.
   *
   * @param wasThere whether it was visible before the states were looked at. Messages of one event that is given up are there
   * before any of the next, so what is missing before such a one is in the states.
   */
  event(message: ProvisioningMessage, wasThere: boolean): void;
  /** All states, and all events that were there, have been handed over. */
  caughtUp(): void;
  /** The brokers have just said that they still count on this reader: comes every few seconds, whether or not there is news. */
  heartbeat(): void;
  /** The reading has ended by itself, and waiting does not help. */
  failed(error: Error): void;
}

export interface Reading {
  stop(): Promise<void>;
}
