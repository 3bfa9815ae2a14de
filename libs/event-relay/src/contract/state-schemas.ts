import type { TopicRole } from '../messages/relay-message.js';
import type { stateTypes } from '../messages/cloud-event-headers.js';
import { groupAttributes, member, userAttributes } from './event-schemas.js';
import { described, instant, type JsonSchema, record, text } from './json-schema.js';

/** What the contract says of one type of state. */
export interface StateContract {
  readonly topic: Exclude<TopicRole, 'events'>;
  readonly summary: string;
  readonly state: JsonSchema;
}

const tenant = described('The customer directory.', text);
const times = { created: instant, lastModified: instant };

export const stateContracts: { readonly [Kind in keyof typeof stateTypes]: StateContract } = {
  user: {
    topic: 'users',
    summary: 'What the user is after an event of its own; a tombstone where it is no more.',
    state: record({
      tenant,
      id: text,
      enabled: described('Whether the person may come in; attributes.active may be missing or differ.', {
        type: 'boolean',
      }),
      attributes: userAttributes,
      ...times,
    }),
  },
  group: {
    topic: 'groups',
    summary: 'What the group is after an event of its own, but for its members; a tombstone where it is no more.',
    state: record({ tenant, id: text, attributes: groupAttributes, ...times }),
  },
  membership: {
    topic: 'memberships',
    summary: 'That somebody is in a group; a tombstone where the membership is over, also by the end of the group.',
    state: record({ tenant, groupId: text, member, since: instant }),
  },
};
