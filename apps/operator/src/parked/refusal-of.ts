import type { ResourceId, TenantId } from '#kernel';
import { groupStream, userStream } from '#event-catalog';
import type { ParkedKey } from '#event-relay';
import type { Installation } from '../installation/installation.js';
import type { Wish } from './wish.js';

/** Why a wish was not written down. */
export async function refusalOf(installation: Installation, wish: Wish, parked: readonly ParkedKey[]): Promise<string> {
  const { key } = wish;
  const at = parked.find((candidate) => candidate.key === key);
  if (at && wish.verb === 'drop') {
    return `${key} is parked at event ${at.eventId}, not at ${wish.eventId}. Nothing was changed: look at it with "parked list".\n`;
  }
  // A log that is away does not make the answer wrong, only less helpful.
  if (await isKnown(installation, key).catch(() => true)) {
    return `${key} is not parked: what there is of it is published, or will be in its turn.\n`;
  }
  return `No user or group of this installation has the key ${key}. Keys are <tenant>:<id>, as "parked list" shows them.\n`;
}

async function isKnown(installation: Installation, key: string): Promise<boolean> {
  const [, tenant, id] = /^([^:.]+):(.+)$/.exec(key) ?? [];
  if (tenant === undefined) return false;
  const log = await installation.log();
  const streams = [userStream, groupStream].map((streamOf) => streamOf(tenant as TenantId, id as ResourceId));
  const first = await Promise.all(streams.map((stream) => log.readStream(stream, { limit: 1 })));
  return first.some((events) => events.length > 0);
}
