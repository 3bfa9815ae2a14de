import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { JsonObject, JsonValue, ResourceId, TenantId } from '#kernel';
import { eventCodec, groupStream, ownerOfStream, type StreamOwner, userStream } from '#event-catalog';
import { beforeFirstPosition, type EventRecord, InMemoryEventStore } from '#event-store';
import type { ResourceEvent } from '../messages/event-message.js';
import type { RelayMessage } from '../messages/relay-message.js';
import { MessagesOfEvent } from '../state/messages-of-event.js';

const storedSamples = fileURLToPath(new URL('../../../event-catalog/golden/', import.meta.url));
const goldenFolder = fileURLToPath(new URL('../../golden/', import.meta.url));

/** A message as its golden sample has it: the value as JSON, not as text. */
export interface GoldenMessage extends Omit<RelayMessage, 'value'> {
  readonly value: JsonValue;
}

export function goldenFiles(): readonly string[] {
  return readdirSync(goldenFolder).filter((file) => file !== 'golden.lock.json');
}

export function goldenText(file: string): string {
  return readFileSync(`${goldenFolder}${file}`, 'utf8');
}

const tenant = 'acme' as TenantId;
const user = userStream(tenant, '0198c0de-0000-7000-8000-000000000001' as ResourceId);
const group = groupStream(tenant, '0198c0de-0000-7000-8000-0000000000aa' as ResourceId);

/** The catalogue's samples of stored events, in an order in which they could have happened. */
const history = [
  [user, 'user.provisioned.v1', 'user.profile-changed.v1', 'user.deactivated.v1', 'user.reactivated.v1'],
  [group, 'group.provisioned.v1', 'group.profile-changed.v1', 'group.membership-changed.v1', 'group.deprovisioned.v1'],
  [user, 'user.deprovisioned.v1', 'name.claim-abandoned.v1'],
] as const;

/** What that history is published as today, of each type the last message with a value and the last tombstone. */
export async function messagesOfSamples(): Promise<ReadonlyMap<string, GoldenMessage>> {
  const log = await logOfSamples();
  const readEvent = eventCodec.decode.bind(eventCodec);
  const writer = new MessagesOfEvent({ log, readEvent });
  const messages = new Map<string, GoldenMessage>();
  for (const recorded of await log.readAll(beforeFirstPosition, 1_000)) {
    const envelope = readEvent(recorded) as ResourceEvent;
    for (const message of await writer.write(envelope, ownerOfStream(recorded.stream) as StreamOwner)) {
      const file = `${message.headers['ce_type']}${message.value === null ? '.tombstone' : ''}.json`;
      messages.set(file, {
        ...message,
        value: message.value === null ? null : (JSON.parse(message.value) as JsonObject),
      });
    }
  }
  return messages;
}

async function logOfSamples(): Promise<InMemoryEventStore> {
  const log = new InMemoryEventStore();
  let number = 0;
  const lengths = new Map<string, number>();
  for (const [stream, ...names] of history) {
    for (const name of names) {
      const { stored } = JSON.parse(readFileSync(`${storedSamples}${name}.json`, 'utf8')) as {
        readonly stored: Omit<EventRecord, 'id'>;
      };
      const id = `0198c0de-0000-8000-8000-${String(++number).padStart(12, '0')}`;
      const length = lengths.get(stream) ?? 0;
      lengths.set(stream, length + 1);
      const expected = length === 0 ? ('no-stream' as const) : ((length - 1) as never);
      await log.append([{ stream, expected, events: [{ ...stored, id }] }]);
    }
  }
  return log;
}
