import { compare, type Measure, type Repetitions } from '../comparison/compare.js';
import { type MeasuredServer, measureLoad } from '../comparison/measurement.js';
import { runClosedLoop } from '../load/closed-loop.js';
import type { Script } from '../load/exchange.js';
import { additionOf, removalOf } from '../scim/sample-resources.js';
import { get, patch } from '../scim/scim-requests.js';
import { groupId, largestGroup, millionUsers, smallestGroup, userId } from '../seed/directory-shape.js';
import { growthResult, type ScaleResult } from './scale-result.js';

const small = groupId(millionUsers.groups.indexOf(smallestGroup));
const large = groupId(millionUsers.groups.indexOf(largestGroup));
/** Somebody who is in no group. */
const outsider = userId(millionUsers.users - 1);

const requests: readonly { readonly title: string; readonly script: (group: string) => Script }[] = [
  { title: 'adding and removing one member', script: addAndRemove },
  { title: 'reading a group without its members', script: readWithoutMembers },
];

/** What requests cost for a group of 100,000 members, by what they cost for one of 100 on the same server. */
export async function groupCosts(server: MeasuredServer, repetitions: Repetitions): Promise<readonly ScaleResult[]> {
  const { port } = server;
  const results: ScaleResult[] = [];
  for (const { title, script } of requests) {
    const measureOf =
      (group: string): Measure =>
      (seconds) =>
        measureLoad(server, () => runClosedLoop({ port, connections: 1, seconds, workload: () => script(group) }));
    const comparison = await compare(measureOf(large), measureOf(small), repetitions);
    results.push(growthResult(`${title}, ${largestGroup} members by ${smallestGroup}`, comparison));
  }
  return results;
}

/** Leaves the group as it was. */
function* addAndRemove(group: string): Script {
  yield { request: patch(`/Groups/${group}`, additionOf([outsider])), status: 204 };
  yield { request: patch(`/Groups/${group}`, removalOf([outsider])), status: 204 };
}

function* readWithoutMembers(group: string): Script {
  yield { request: get(`/Groups/${group}?excludedAttributes=members`), status: 200 };
}
