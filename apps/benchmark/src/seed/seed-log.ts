import { randomBytes, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CommandId, type TenantId, timeOrderedUuid } from '#kernel';
import { type CommandContext, createDirectoryCommands, type DirectoryCommands } from '#command-handling';
import { eventCodec } from '#event-catalog';
import type { EventStore } from '#event-store';
import { SqliteEventStore } from '#event-store-sqlite';
import { groupAttributes, userAttributes } from '../scim/sample-resources.js';
import { FirstHistory } from './first-history.js';
import { type DirectoryShape, groupId, memberNumbers, userId } from './directory-shape.js';

const tenantId = 'default' as TenantId;
/** Commands side by side, which share a commit: a commit costs a flush, and pages of indexes that few rows share. */
const abreast = 5_000;

/**
 * Makes the data folder of a server that has been given a directory: a log written by the product's own commands, and the
 * installation's file. The view is left to the server, which builds it at its first start.
 */
export async function seedLog(directory: string, shape: DirectoryShape): Promise<void> {
  const nameSecret = randomBytes(32);
  writeInstallation(directory, nameSecret);
  const store = SqliteEventStore.open({ file: join(directory, 'log.sqlite') });
  try {
    await writeHistory(new FirstHistory(store), shape, nameSecret);
  } finally {
    await store.close();
  }
}

/** Gives an empty log the directory, by the product's own commands. */
export async function writeHistory(store: EventStore, shape: DirectoryShape, nameSecret: Buffer): Promise<void> {
  const nobody = async () => ({ revision: undefined, members: [] });
  const commands = createDirectoryCommands({
    store,
    codec: eventCodec,
    nameSecret,
    membership: { among: nobody, all: nobody },
  });
  await inChunks(shape.users, (number) => provisionUser(commands, number));
  for (const [number, size] of shape.groups.entries()) await provisionGroup(commands, shape, number, size);
}

/** The form of apps/standalone/src/installation/installation-file.ts; the token comes from the environment. */
function writeInstallation(directory: string, nameSecret: Buffer): void {
  const installation = { format: 1, nameSecret: nameSecret.toString('hex'), credentials: [] };
  writeFileSync(join(directory, 'installation.json'), JSON.stringify(installation), { mode: 0o600 });
}

async function inChunks(count: number, work: (number: number) => Promise<void>): Promise<void> {
  for (let first = 0; first < count; first += abreast) {
    const length = Math.min(abreast, count - first);
    await Promise.all(Array.from({ length }, (_, index) => work(first + index)));
  }
}

async function provisionUser(commands: DirectoryCommands, number: number): Promise<void> {
  const result = await commands.provisionUser(context(), userId(number), userAttributes(number));
  if (!result.ok) throw new Error(`User ${number} was refused: ${result.error.reason}`);
}

async function provisionGroup(commands: DirectoryCommands, shape: DirectoryShape, number: number, size: number) {
  const members = memberNumbers(shape, number, size).map((member) => ({ value: userId(member) }));
  const result = await commands.provisionGroup(context(), groupId(number), groupAttributes(number), members);
  if (!result.ok) throw new Error(`Group ${number} was refused: ${result.error.reason}`);
}

function context(): CommandContext {
  const occurredAt = Date.now();
  const commandId = timeOrderedUuid(occurredAt, randomUUID());
  return {
    tenantId,
    commandId: commandId as CommandId,
    actor: 'credential:default',
    occurredAt,
    requestId: commandId,
    correlationId: commandId,
    causationId: commandId,
  };
}
