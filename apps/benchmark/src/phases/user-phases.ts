import { type Exchange, inTurn, single, type Workload } from '../load/exchange.js';
import { changedUser, foundUser, noUser } from '../scim/entra-exchanges.js';
import { userName } from '../scim/sample-resources.js';
import { get, remove } from '../scim/scim-requests.js';
import type { Round } from './phase.js';
import type { Target } from './target.js';

/** Users a server holds before it is measured. */
const population = 1_000;

export async function readUsers(target: Target): Promise<Round> {
  const users = await target.createUsers({ count: population });
  return repeated(
    [...users].map(([id, number]) => ({ request: get(`/Users/${id}`), status: 200, shows: userName(number) })),
  );
}

export async function findUsers(target: Target): Promise<Round> {
  const users = await target.createUsers({ count: population });
  return repeated([...users.values()].map((number) => foundUser(userName(number))));
}

export async function missUsers(target: Target): Promise<Round> {
  const users = await target.createUsers({ count: population });
  return repeated([...users.values()].map((number) => noUser(`nobody-${number}`)));
}

export async function createUsers(target: Target): Promise<Round> {
  return async () => target.newcomers;
}

/** Every request changes something: a PATCH that finds all as it should be writes nothing. */
export async function changeUsers(target: Target): Promise<Round> {
  const ids = [...(await target.createUsers({ count: population })).keys()];
  let changes = 0;
  const workload = inTurnOf(ids, (id) => {
    const revision = Math.floor(changes++ / ids.length);
    // The first change has to switch a user off, who was created as active.
    return changedUser(id, revision + 1);
  });
  return async () => workload;
}

/** Deletes who was created right before. Creating takes as long as a measurement, which gives deleting enough to do. */
export async function deleteUsers(target: Target): Promise<Round> {
  return async (seconds) => {
    const users = await target.createUsers({ seconds });
    const ids = [...users.keys()].values();
    return () => {
      const { value: id, done } = ids.next();
      return done ? undefined : single({ request: remove(`/Users/${id}`), status: 204 });
    };
  };
}

function repeated(exchanges: readonly Exchange[]): Round {
  const workload = inTurn(exchanges);
  return async () => workload;
}

function inTurnOf(ids: readonly string[], exchange: (id: string) => Exchange): Workload {
  let next = 0;
  return () => single(exchange(ids[next++ % ids.length] as string));
}
