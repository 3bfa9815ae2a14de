import type { JsonObject } from '#kernel';
import { eventTypes } from '#event-catalog';
import { messageType, stateTypes } from '../messages/cloud-event-headers.js';
import { topicName, type TopicRole } from '../messages/relay-message.js';
import { consumerContract } from './consumer-contract.js';
import { eventContracts } from './event-schemas.js';
import { eventHeadersSchema, stateHeadersSchema } from './header-schemas.js';
import type { JsonSchema } from './json-schema.js';
import { stateContracts } from './state-schemas.js';

/** One type of message that consumers can get. */
export interface PublishedMessage {
  /** The value of `ce_type`. */
  readonly type: string;
  readonly topic: TopicRole;
  readonly summary: string;
  readonly headers: JsonSchema;
  readonly payload: JsonSchema;
}

/** Every type of message, from the catalogue of events and the states. */
export function publishedMessages(): readonly PublishedMessage[] {
  const events = Object.entries(eventContracts).map(([name, { summary, data }]): PublishedMessage => {
    const { storedAs, version } = eventTypes[name as keyof typeof eventContracts];
    const type = messageType(storedAs, version);
    return { type, topic: 'events', summary, headers: eventHeadersSchema(type), payload: data };
  });
  const states = Object.entries(stateContracts).map(([kind, { topic, summary, state }]): PublishedMessage => {
    const type = stateTypes[kind as keyof typeof stateTypes];
    return { type, topic, summary, headers: stateHeadersSchema(type), payload: { oneOf: [state, { type: 'null' }] } };
  });
  return [...events, ...states];
}

const defaultPrefix = 'provisioning';

const keys: Readonly<Record<TopicRole, string>> = {
  events: '<tenant>:<id of the user or group>',
  users: '<tenant>:<id of the user>',
  groups: '<tenant>:<id of the group>',
  memberships: '<tenant>:<id of the group>:<id of the member>',
};

/** The published contract as an AsyncAPI 3 document; `npm run asyncapi` writes it to docs/asyncapi.json. */
export function asyncApiDocument(): JsonObject {
  const messages = publishedMessages();
  const roles = Object.keys(keys) as TopicRole[];
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'SCIM Ledger: provisioning facts and states',
      version: '1.0.0',
      description:
        'Users, groups and memberships of every tenant, as Kafka messages in the binary mode of CloudEvents 1.0. ' +
        'Topics have the default prefix here. Properties may be added at any time: pass by what you do not know. ' +
        'A change that a consumer could not bear is another version in ce_type. ' +
        `${consumerContract.both} ${consumerContract.startingOver}`,
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(roles.map((role) => [role, channel(role, messages)])),
    operations: Object.fromEntries(
      roles.map((role) => [
        `publish-${role}`,
        { action: 'send', channel: { $ref: `#/channels/${role}` }, summary: summaries[role] },
      ]),
    ),
    components: {
      messages: Object.fromEntries(messages.map((message) => [message.type, messageObject(message)])),
      schemas: Object.fromEntries(messages.map(({ type, payload }) => [type, payload])),
    },
  };
}

const summaries: Readonly<Record<TopicRole, string>> = {
  events: 'Every fact of users and groups; kept for a time.',
  users: 'The last state of every user; compacted.',
  groups: 'The last state of every group, without members; compacted.',
  memberships: 'Every membership there is; compacted.',
};

function channel(role: TopicRole, messages: readonly PublishedMessage[]): JsonObject {
  const own = messages.filter(({ topic }) => topic === role);
  const cleanup = role === 'events' ? 'delete' : 'compact';
  return {
    address: topicName(defaultPrefix, role),
    title: summaries[role],
    description: role === 'events' ? consumerContract.events : consumerContract.states,
    messages: Object.fromEntries(own.map(({ type }) => [type, { $ref: `#/components/messages/${type}` }])),
    bindings: { kafka: { topicConfiguration: { 'cleanup.policy': [cleanup] }, bindingVersion: '0.5.0' } },
  };
}

function messageObject({ type, topic, summary, headers }: PublishedMessage): JsonObject {
  return {
    name: type,
    title: type,
    summary,
    contentType: 'application/json',
    headers,
    payload: { $ref: `#/components/schemas/${type}` },
    bindings: { kafka: { key: { type: 'string', description: keys[topic] }, bindingVersion: '0.5.0' } },
  };
}
