import { v5 as uuidV5 } from 'uuid';
import type { CommandId } from '#kernel';

/**
 * Ids of a command's events: the same for a retry of the same write, different for another attempt that decided anew.
 */
export class EventIds {
  #next = 0;

  constructor(
    private readonly commandId: CommandId,
    private readonly attempt: number,
  ) {}

  next(): string {
    return uuidV5(`${this.attempt}.${this.#next++}`, this.commandId);
  }
}
