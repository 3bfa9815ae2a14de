import type { Position } from '#event-store';
import type { ParkedKey } from './parked-key.js';

/** For log, metrics and alarms. Called synchronously; must not throw. */
export interface RelayObserver {
  /** A batch is on the brokers and the checkpoint behind it. */
  published?(batch: {
    readonly events: number;
    readonly messages: number;
    readonly checkpoint: Position;
    /** When the batch's last event occurred, milliseconds since the Unix epoch; undefined for a batch without events. */
    readonly lastOccurredAt: number | undefined;
    readonly milliseconds: number;
  }): void;
  /** A batch was not acknowledged, or the brokers could not be reached; it is published again. */
  rejected?(cause: unknown): void;
  /** A person must act: see `ParkedKeys`. */
  parked?(key: ParkedKey): void;
  released?(key: string): void;
  /** How many keys are parked, whenever that changes and when the relay is taken over. */
  parkedKeys?(count: number): void;
}
