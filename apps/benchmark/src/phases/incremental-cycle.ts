import type { Script, Workload } from '../load/exchange.js';
import { additionOf, groupName, newUser, profileChange, removalOf, userName } from '../scim/sample-resources.js';
import { get, groupNamed, idIn, patch, post, remove, userNamed } from '../scim/scim-requests.js';
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
    yield { request: get(userNamed(userName(number))), status: 200 };
    const revision = Math.floor(change / users.length) + 1;
    yield { request: patch(`/Users/${id}`, ...profileChange(revision)), status: 200 };
  }

  function* membership(change: number): Script {
    const [id, number] = groups[change % groups.length] as [string, number];
    yield { request: get(groupNamed(groupName(number))), status: 200 };
    const [member] = users[change % users.length] as [string, number];
    const operation = Math.floor(change / users.length) % 2 === 0 ? additionOf([member]) : removalOf([member]);
    yield { request: patch(`/Groups/${id}`, operation), status: 204 };
  }

  function* joiner(): Script {
    const number = target.nextUser();
    yield { request: get(userNamed(userName(number))), status: 200 };
    const created = yield { request: post('/Users', newUser(number)), status: 201 };
    joined.push(idIn(created.body));
  }

  /** Those who joined last leave again, so that the population stays as it is. */
  function* leaver(): Script {
    const id = joined.shift();
    if (id === undefined) return;
    yield { request: get(`/Users/${id}`), status: 200 };
    yield { request: remove(`/Users/${id}`), status: 204 };
  }

  return async () => workload;
}
