/** What consumers may rely on and have to do, in words; stands in the AsyncAPI document and in docs/kafka.md. */
export const consumerContract = {
  events: [
    'Every fact of users and groups, in the order in which it happened to each of them: the key is <tenant>:<id>. Per key,',
    'ce_streamrevision is 0, 1, 2 and so on. Keep the last one seen of each key. A message whose revision is not greater is',
    'a repetition, or a late one of a relay that was replaced: drop it (where states are read as well, see the description',
    'of this document). A greater one than the next is a jump: events are missing (the consumer was away for longer than',
    'the topic keeps them, or an operator gave one up); take the state of the key, and of a group all memberships, from the',
    'topics of states. A repetition can come at any time, and many at once after a failure. Order holds within a key only:',
    'a membership can come before the user it is of.',
  ].join(' '),
  states: [
    'What is now, for those who begin: a compacted topic keeps at least the last state of each key. A message whose',
    'ce_streamrevision is less than the last one seen of its key is late: drop it. Revisions jump here, since not every',
    'event changes a state. A message tells how far its own key is known and nothing of another: the revision of a',
    'membership is that of an event of its group, and says neither that the group is known up to there nor that its other',
    'memberships are. Messages of one event do not become visible together. A message without a value is a tombstone: what',
    'the key names is no more since the revision in its headers. Remember that as any other, for as long as tombstones are',
    'kept. Who was away for longer has to read the topic from its beginning and take what is not there for gone.',
  ].join(' '),
  both: [
    'Who goes on with events after states looks where the topic of events ends, reads the topics of states to their ends,',
    'and then takes the events from their beginning. Whether an event is news is decided for each thing that it speaks of,',
    'by the last revision seen of that thing, in a state or an event: each membership in added and removed, at the end of a',
    'group every membership that is known, and each attribute of a user or group (a state speaks of all of them). So a',
    'repetition, too, can be news of a membership of which only an older state was seen. Of a thing that nothing was seen',
    'of, the last event seen of the key decides. A removed membership, or whatever else is over, need no longer be',
    'remembered once the events of its key are seen up to its revision. Jumps are looked for among the revisions of events',
    'alone; one before an event that was there when the topic was first looked at is in the states. Where that topic had no',
    'event of a key, the greatest revision that any state of it names, or of a group any membership, stands for the last',
    'event when the first one comes: to find a jump, never to drop an event.',
  ].join(' '),
  startingOver: [
    'A relay that starts over publishes everything from the first event on. Who has seen the events of a key drops them.',
    'Who begins meanwhile, or has seen no event of a key, can take a past state for the present one, also one whose',
    'tombstone is gone; each is put right by what follows. Who must not act on the past begins when that relay is at the',
    'end of the log.',
  ].join(' '),
};
