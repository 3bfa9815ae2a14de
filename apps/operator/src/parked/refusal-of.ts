import type { ResourceId, TenantId } from '#kernel';
import { groupStream, userStream } from '#event-catalog';
import type { ParkedKey } from '#event-relay';
import type { Installation, ReadableLog } from '../installation/installation.js';
import type { Wish } from './wish.js';

/** Why a wish was not written down. */
export async function refusalOf(installation: Installation, wish: Wish, parked: readonly ParkedKey[]): Promise<string> {
  const { key } = wish;
  const at = parked.find((candidate) => candidate.key === key);
  if (at && wish.verb === 'drop') {
    return `${key} is parked at event ${at.eventId}, not at ${wish.eventId}. Nothing was changed: look at it with "parked list".\n`;
  }
  if (await isKnown(await installation.log(), key)) {
    return `${key} is not parked: what there is of it is published, or will be in its turn.\n`;
  }
  return `No user or group of this installation has the key ${key}. Keys are <tenant>:<id>, as "parked list" shows them.\n`;
}

async function isKnown(log: ReadableLog, key: string): Promise<boolean> {
  const [, tenant, id] = /^([^:.]+):(.+)$/.exec(key) ?? [];
  if (tenant === undefined) return false;
  const streams = [userStream, groupStream].map((streamOf) => streamOf(tenant as TenantId, id as ResourceId));
  const first = await Promise.all(streams.map((stream) => log.readStream(stream, { limit: 1 })));
  return first.some((events) => events.length > 0);
}
