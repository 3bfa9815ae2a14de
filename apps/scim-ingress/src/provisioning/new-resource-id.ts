import { randomUUID } from 'node:crypto';
import { type ResourceId, timeOrderedUuid } from '#kernel';
import type { CommandContext } from '#command-handling';

/** An id for what a command is about to create. */
export function newResourceId({ occurredAt }: CommandContext): ResourceId {
  return timeOrderedUuid(occurredAt, randomUUID()) as ResourceId;
}
