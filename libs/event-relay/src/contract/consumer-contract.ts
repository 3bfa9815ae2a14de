/** What consumers may rely on and have to do, in words; stands in the AsyncAPI document and in docs/kafka.md. */
export const consumerContract = {
  events: [
    'Every fact of users and groups, in the order in which it happened to each of them: the key is <tenant>:<id>.',
    'Per key, ce_streamrevision is 0, 1, 2 and so on. Keep the last one seen of each key. A message whose revision is not',
    'greater is a repetition, or a late one of a relay that was replaced: drop it. A greater one than the next is a jump:',
    'events are missing (the consumer was away for longer than the topic keeps them, or an operator gave one up); take the',
    'state of the key from the topics of states. A repetition can come at any time, and many at once after a failure.',
    'Order holds within a key only: a membership can come before the user it is of.',
  ].join(' '),
  states: [
    'What is now, for those who begin: a compacted topic keeps at least the last state of each key. A message whose',
    'ce_streamrevision is less than the last one seen of its key is late: drop it. Revisions jump here, since not every',
    'event changes a state. A message without a value is a tombstone: what the key names is no more. Tombstones are kept',
    'for a time only; who was away for longer has to read the topic from its beginning and take what is not there for gone.',
    'An event and its state do not become visible at once: who goes on with events after reading states begins them earlier.',
  ].join(' '),
};
