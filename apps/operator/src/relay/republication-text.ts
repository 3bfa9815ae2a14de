import type { Republication } from './republication.js';

/** What an operator has to know before a relay starts over. */
export function republicationText({ checkpoint, events, parkedKeys, mismatch }: Republication): string {
  const counted = events === 1 ? '1 event' : `${events} events`;
  const lines = [
    ...(mismatch === undefined
      ? [
          `${counted} of users and groups, up to position ${checkpoint}, will be published once more, with the states they led to.`,
          'Consumers that keep to the contract drop those they have seen, by their revision.',
        ]
      : [
          `The log is not the one that was published: ${mismatch}.`,
          `${counted} of users and groups, all that it holds, will be published, with the states they led to.`,
          'Consumers take them for those of the former log, and what only that one knew stays in the topics: publish to topics of another prefix, and have them begin anew there.',
        ]),
    ...(parkedKeys > 0
      ? [`${parked(parkedKeys)} forgotten, and parked again where a message still cannot be sent.`]
      : []),
    'Topics that are missing will be made.',
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function parked(keys: number): string {
  return keys === 1 ? 'The key that is parked will be' : `The ${keys} keys that are parked will be`;
}
