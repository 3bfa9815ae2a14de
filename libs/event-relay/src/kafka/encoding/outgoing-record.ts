import type { RelayMessage } from '../../messages/relay-message.js';
import { recordSize } from '../record-size.js';

/** A message as the client takes it, and as our encoding knows it. */
export class OutgoingRecord {
  readonly key: string;
  readonly value: string | null;
  readonly headers: Record<string, string>;
  /** The most bytes that it takes in a batch. */
  readonly size: number;

  constructor(
    message: Omit<RelayMessage, 'topic'>,
    readonly partition: number,
  ) {
    this.key = message.key;
    this.value = message.value;
    this.headers = message.headers;
    this.size = recordSize(message);
  }
}
