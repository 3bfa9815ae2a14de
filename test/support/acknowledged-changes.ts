import type { JsonObject } from '#kernel';
import type { AuditedDirectory } from '#command-handling/testing';
import type { ScimClient, ScimReply } from './scim-client.js';

/** What a user is known for; undefined: deleted. */
export type ExpectedUser = { readonly title: string | undefined; readonly isMember: boolean } | undefined;

/** Requests at a time. */
const lanes = 8;

/**
 * What was acknowledged of the users of one load, and what may be because it got no answer, or one that says that nobody
 * knows. Whichever of the two it is, it has to be one of them, and the same on every node.
 */
export class AcknowledgedChanges {
  /** What each user may be, by id. */
  readonly #possible = new Map<string, readonly ExpectedUser[]>();
  readonly #names = new Map<string, string>();
  /** Names of users whose creation was neither acknowledged nor refused. */
  readonly #doubtfulNames = new Set<string>();

  get users(): number {
    return this.#possible.size;
  }

  /** @returns the id of the user that was acknowledged. */
  async creation(userName: string, send: () => Promise<ScimReply | undefined>): Promise<string | undefined> {
    this.#doubtfulNames.add(userName);
    const reply = await send();
    if (reply?.status === 201) {
      const id = reply.body['id'] as string;
      this.#possible.set(id, [{ title: undefined, isMember: false }]);
      this.#names.set(id, userName);
      this.#doubtfulNames.delete(userName);
      return id;
    }
    if (isRefused(reply)) this.#doubtfulNames.delete(userName);
    return undefined;
  }

  /** @returns whether it was acknowledged. */
  async change(id: string, to: ExpectedUser, send: () => Promise<ScimReply | undefined>): Promise<boolean> {
    const before = this.#possible.get(id) ?? [];
    this.#possible.set(id, [...before, to]);
    const reply = await send();
    const isAcknowledged = reply !== undefined && reply.status < 300;
    if (isAcknowledged) this.#possible.set(id, [to]);
    else if (isRefused(reply)) this.#possible.set(id, before);
    return isAcknowledged;
  }

  /** Where a node does not say what was acknowledged, by every id. */
  async differences(client: ScimClient): Promise<string[]> {
    const problems: string[] = [];
    const rest = this.#possible.entries();
    const lane = async () => {
      for (const [id, possible] of rest) {
        const reply = await client.get(`/Users/${id}`);
        const found = JSON.stringify(shown(reply));
        if (!possible.some((user) => JSON.stringify(user) === found)) {
          problems.push(
            `${id} is ${reply.status} ${found}, expected ${possible.map((user) => JSON.stringify(user)).join(' or ')}`,
          );
        }
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    return problems;
  }

  /** Users of the load in the log that were neither acknowledged nor may be there, and those that should be and are not. */
  strangers({ users }: AuditedDirectory, prefix: string): string[] {
    const problems: string[] = [];
    for (const [id, { userName }] of users) {
      if (typeof userName !== 'string' || !userName.startsWith(prefix)) continue;
      if (this.#possible.has(id) ? this.#names.get(id) === userName : this.#doubtfulNames.delete(userName)) continue;
      problems.push(`${id} is ${userName}, whom nobody has created`);
    }
    for (const [id, possible] of this.#possible) {
      if (!users.has(id) && !possible.includes(undefined)) problems.push(`${id} is not in the log`);
    }
    return problems;
  }
}

/** Told that nothing was changed; 503 may as well mean that nobody knows. */
function isRefused(reply: ScimReply | undefined): boolean {
  return reply !== undefined && reply.status >= 400 && reply.status < 500;
}

function shown({ status, body }: { readonly status: number; readonly body: JsonObject }): ExpectedUser | string {
  if (status === 404) return undefined;
  if (status !== 200) return `unreadable: ${status}`;
  const groups = (body['groups'] ?? []) as readonly unknown[];
  return { title: body['title'] as string | undefined, isMember: groups.length > 0 };
}
