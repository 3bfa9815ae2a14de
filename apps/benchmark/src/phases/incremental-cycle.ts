import type { Script, Workload } from '../load/exchange.js';
import { changedUser, createdUser, foundGroup, foundUser, noUser } from '../scim/entra-exchanges.js';
import { additionOf, groupName, removalOf, userName } from '../scim/sample-resources.js';
import { get, idIn, patch, remove } from '../scim/scim-requests.js';
import type { Round } from './phase.js';
import type { Target } from './target.js';

const population = { users: 1_000, groups: 50 };

/**
 * What Entra does in its later cycles: whoever changed is read before the change is sent. Of twenty changes fourteen are
 * to a user's profile, four to a group's members; one user joins and one leaves.
 */
export async function incrementalCycle(target: Target): Promise<Round> {
  const users = [...(await target.createUsers({ count: population.users }))];
  const groups = [...(await target.createGroups(population.groups))];
  const joined: string[] = [];
  let begun = 0;

  const workload: Workload = () => {
    const change = begun++;
    const kind = change % 20;
    if (kind < 14) return profile(change);
    if (kind < 18) return membership(change);
    return kind === 18 ? joiner() : leaver();
  };

  function* profile(change: number): Script {
    const [id, number] = users[change % users.length] as [string, number];
    yield foundUser(userName(number));
    yield changedUser(id, Math.floor(change / users.length) + 1);
  }

  function* membership(change: number): Script {
    const [id, number] = groups[change % groups.length] as [string, number];
    yield foundGroup(groupName(number));
    const [member] = users[change % users.length] as [string, number];
    const operation = Math.floor(change / users.length) % 2 === 0 ? additionOf([member]) : removalOf([member]);
    yield { request: patch(`/Groups/${id}`, operation), status: 204 };
  }

  function* joiner(): Script {
    const number = target.nextUser();
    yield noUser(userName(number));
    const created = yield createdUser(number);
    joined.push(idIn(created.body));
  }

  /** Those who joined last leave again, so that the population stays as it is. */
  function* leaver(): Script {
    const id = joined.shift();
    if (id === undefined) return;
    yield { request: get(`/Users/${id}`), status: 200, shows: id };
    yield { request: remove(`/Users/${id}`), status: 204 };
  }

  return async () => workload;
}
