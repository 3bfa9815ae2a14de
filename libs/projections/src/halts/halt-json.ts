import type { Position } from '#event-store';
import type { Halt } from './halt.js';

/** A halt as JSON text. A position is text, as it may be beyond what a number holds. */
export function haltToJson({ event, ...halt }: Halt): string {
  return JSON.stringify({ ...halt, ...(event && { event: { ...event, position: String(event.position) } }) });
}

/** The halt that `haltToJson` was given. */
export function haltOfJson(json: string): Halt {
  const { event, ...halt } = JSON.parse(json) as Omit<Halt, 'event'> & { event?: StoredEvent };
  return { ...halt, ...(event && { event: { ...event, position: BigInt(event.position) as Position } }) };
}

interface StoredEvent {
  readonly id: string;
  readonly type: string;
  readonly position: string;
}
