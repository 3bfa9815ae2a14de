import type { Brand } from '#kernel';

/** A stream of events about one thing, e.g. `scim.user-acme.0198c0de`. EventStoreDB's category ends at the first dash. */
export type StreamName = Brand<string, 'StreamName'>;

/** An event's place in its stream, from 0. */
export type Revision = Brand<number, 'Revision'>;

/** An event's place in the whole log: grows from event to event, gaps allowed. Everything is after position 0. */
export type Position = Brand<bigint, 'Position'>;

export const beforeFirstPosition = 0n as Position;
