import { compare, type Measure, type Repetitions } from '../comparison/compare.js';
import { runClosedLoop } from '../load/closed-loop.js';
import type { Script } from '../load/exchange.js';
import { additionOf, removalOf } from '../scim/sample-resources.js';
import { get, patch } from '../scim/scim-requests.js';
import { groupId, largestGroup, millionUsers, smallestGroup, userId } from '../seed/directory-shape.js';
import type { ScaleResult } from './scale-result.js';

const mostGrowth = 1.3;
const small = groupId(millionUsers.groups.indexOf(smallestGroup));
const large = groupId(millionUsers.groups.indexOf(largestGroup));
/** Somebody who is in no group. */
const outsider = userId(millionUsers.users - 1);

const requests: readonly { readonly title: string; readonly script: (group: string) => Script }[] = [
  { title: 'adding and removing one member', script: addAndRemove },
  { title: 'reading a group without its members', script: readWithoutMembers },
];

/** What requests cost for a group of 100,000 members, by what they cost for one of 100 on the same server. */
export async function groupCosts(port: number, repetitions: Repetitions): Promise<readonly ScaleResult[]> {
  const results: ScaleResult[] = [];
  for (const { title, script } of requests) {
    const measureOf =
      (group: string): Measure =>
      (seconds) =>
        runClosedLoop({ port, connections: 1, seconds, workload: () => script(group) });
    const { ratio, subject, reference } = await compare(measureOf(large), measureOf(small), repetitions);
    results.push({
      title: `${title}, ${largestGroup} members by ${smallestGroup}`,
      value: 1 / ratio,
      unit: 'x',
      limit: mostGrowth,
      note: `${(1000 / subject.rate).toFixed(2)} by ${(1000 / reference.rate).toFixed(2)} ms, one at a time`,
    });
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
