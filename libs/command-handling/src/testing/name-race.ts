import type { ResourceId } from '#kernel';
import { type EventStore, InMemoryEventStore } from '#event-store';
import type { CommandResult, DirectoryCommands } from '../directory-commands.js';
import { AcquaintedProcess } from './acquainted-process.js';
import { type AuditedDirectory, auditDirectory } from './audit-directory.js';
import type { Scenario } from './explore-schedules.js';
import { assign, command, directoryOn, idOf } from './sample-commands.js';
import type { Actor, ScheduledRun } from './scheduled-run.js';

type Outcome = CommandResult<unknown>;

/** A process with one thing to do. */
export interface Operation {
  readonly id: ResourceId;
  /** The name the user shall bear afterwards, if any. */
  readonly name: string | undefined;
  perform(directory: DirectoryCommands): Promise<Outcome>;
}

/** Processes that compete for the name `x`. */
export interface NameRace {
  readonly title: string;
  readonly given: readonly Operation[];
  readonly racing: readonly Operation[];
}

export function create(user: string, name = 'x'): Operation {
  const id = idOf(user);
  return { id, name, perform: (directory) => directory.provisionUser(command(), id, { userName: name }) };
}

export function rename(user: string, name = 'x'): Operation {
  const id = idOf(user);
  return { id, name, perform: (directory) => directory.changeUser(command(), { id }, assign({ userName: name })) };
}

export function deprovision(user: string): Operation {
  const id = idOf(user);
  return { id, name: undefined, perform: (directory) => directory.deprovisionUser(command(), { id }) };
}

export interface RaceConditions {
  readonly atomicAcrossStreams: boolean;
  /** Whether the processes wrote and read what is given themselves, so that they decide on what they remember of it. */
  readonly acquainted: boolean;
  /** What stands between a process and the log. */
  readonly between?: (store: EventStore) => EventStore;
}

export function scenarioOf(
  { given, racing }: NameRace,
  { atomicAcrossStreams, acquainted, between = (store) => store }: RaceConditions,
): Scenario<Outcome> {
  return {
    async prepare() {
      const store = new InMemoryEventStore({ atomicAcrossStreams });
      const processes = racing.map(() => new AcquaintedProcess(store));
      for (const [index, operation] of given.entries()) {
        const process = processes[index % processes.length] as AcquaintedProcess;
        await operation.perform(process.directory);
        for (const each of processes) await each.lookAt(operation.id);
      }
      const actors = racing.map((operation, index): Actor<Outcome> => (gated) => {
        const through = between(gated);
        return operation.perform(
          acquainted ? (processes[index] as AcquaintedProcess).goOnThrough(through) : directoryOn(through),
        );
      });
      return { store, actors };
    },
    async check(store, run) {
      const before = await auditDirectory(store);
      checkOutcomes(racing, run, before);
      const isHeld = [...before.users.values()].some(({ userName }) => userName === 'x');
      const newcomer = await create('newcomer').perform(directoryOn(store));
      if (newcomer.ok === isHeld) throw new Error(isHeld ? 'A held name was given away' : 'A free name is stuck');
      // Whoever was stopped wakes up and goes on as if no time had passed.
      for (const actor of racing.keys()) await run.finish(actor);
      checkOutcomes(racing, run, await auditDirectory(store));
    },
  };
}

/** What callers were told has to be true in the log. */
function checkOutcomes(
  operations: readonly Operation[],
  { outcomes }: ScheduledRun<Outcome>,
  audited: AuditedDirectory,
): void {
  for (const [index, operation] of operations.entries()) {
    const outcome = outcomes[index];
    if (outcome?.status === 'rejected') throw outcome.reason;
    if (outcome && !isTrue(operation, outcome.value, audited)) {
      throw new Error(`${operation.id} was told what is not true: ${JSON.stringify(outcome.value)}`);
    }
  }
}

function isTrue({ id, name }: Operation, result: Outcome, { users, everHeld }: AuditedDirectory): boolean {
  if (result.ok) return name === undefined ? !users.has(id) : everHeld.has(`${id}:${name}`);
  switch (result.error.reason) {
    case 'not-found':
      return !users.has(id);
    case 'name-taken':
      return result.error.ownerId !== id && everHeld.has(`${result.error.ownerId}:${name}`);
    case 'version-mismatch':
      return false;
  }
}
