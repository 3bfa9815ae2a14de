import { type DirectoryEvent, eventTypes } from '#event-catalog';
import type { RecordedEvent } from '#event-store';

/**
 * Whether a stored event is of none of these types. What this code does not know is let through, so that whoever asks
 * stops at it instead of passing by a fact that may concern it.
 */
export function allBut(...types: readonly DirectoryEvent['type'][]): (recorded: RecordedEvent) => boolean {
  const stored = new Set(types.map((type) => eventTypes[type].storedAs));
  return ({ type }) => !stored.has(type);
}
