import type { Script, Workload } from '../load/exchange.js';
import { createdGroup, createdUser, noGroup, noUser } from '../scim/entra-exchanges.js';
import { additionOf, groupName, userName } from '../scim/sample-resources.js';
import { idIn, patch } from '../scim/scim-requests.js';
import type { Round } from './phase.js';
import type { Target } from './target.js';

/** A group comes after so many users and takes in the latest of them: everybody is in five groups on the average. */
const usersPerGroup = 20;
const membersPerPatch = 100;

/**
 * What Entra does when it meets a directory for the first time: every user is looked up by name and created, every group
 * is looked up, created without members, and given them a hundred at a time.
 */
export async function initialCycle(target: Target): Promise<Round> {
  const latest: string[] = [];
  let begun = 0;
  const workload: Workload = () => (begun++ % (usersPerGroup + 1) === usersPerGroup ? group() : user());

  function* user(): Script {
    const number = target.nextUser();
    yield noUser(userName(number));
    const created = yield createdUser(number);
    if (latest.push(idIn(created.body)) > membersPerPatch) latest.shift();
  }

  function* group(): Script {
    const number = target.nextGroup();
    yield noGroup(groupName(number));
    const created = yield createdGroup(number);
    yield { request: patch(`/Groups/${idIn(created.body)}`, additionOf(latest)), status: 204 };
  }

  return async () => workload;
}
