import { err, type ResourceId } from '#kernel';
import type { EventStore } from '#event-store';
import type { DirectoryCommands } from '../directory-commands.js';
import { InterceptedStore } from './intercepted-store.js';
import { command, directoryOn } from './sample-commands.js';

/** A process that has been at work for a while: what it remembers may be out of date once others go on. */
export class AcquaintedProcess {
  readonly directory: DirectoryCommands;
  #through: EventStore;

  constructor(store: EventStore) {
    this.#through = store;
    const relaying = new InterceptedStore(store, async (call) =>
      call.operation === 'append'
        ? this.#through.append(call.appends)
        : this.#through.readStream(call.stream, call.options),
    );
    this.directory = directoryOn(relaying);
  }

  /** Reads a user and changes nothing. */
  async lookAt(id: ResourceId): Promise<void> {
    await this.directory.changeUser(command(), { id }, () => err('only-looking'));
  }

  /** Whatever the process asks of the log from here on goes through another store. */
  goOnThrough(store: EventStore): DirectoryCommands {
    this.#through = store;
    return this.directory;
  }
}
