import fc from 'fast-check';
import { type Created, createGroup, createUser } from '../support/directory-requests.js';
import type { ScimClient } from '../support/scim-client.js';

const usersInCast = 6;
const groupsInCast = 3;

/** Users and groups that hostile requests are about. Whoever is deleted is replaced, so that there are always as many. */
export class Cast {
  #users: Created[] = [];
  #groups: Created[] = [];

  private constructor(private readonly client: ScimClient) {}

  static async assemble(client: ScimClient): Promise<Cast> {
    const cast = new Cast(client);
    await cast.complete();
    return cast;
  }

  readonly #any = fc
    .nat(usersInCast + groupsInCast - 1)
    .map((index) => [...this.#users, ...this.#groups][index] as Created);

  /** The path of somebody, or one where nobody is. */
  readonly anyPath: fc.Arbitrary<string> = fc.oneof(
    { weight: 9, arbitrary: this.#any.map(({ path }) => path) },
    { weight: 1, arbitrary: fc.uuid().map((id) => `/Users/${id}`) },
  );

  readonly anyId: fc.Arbitrary<string> = this.anyPath.map((path) => path.replace(/^.*\//, ''));

  /** A name that is taken. */
  readonly anyName: fc.Arbitrary<string> = this.#any.map(({ name }) => name);

  /** Replaces whoever is gone. */
  async complete(): Promise<void> {
    const users = await this.#remaining(this.#users);
    while (users.length < usersInCast) users.push(await createUser(this.client));
    const groups = await this.#remaining(this.#groups);
    while (groups.length < groupsInCast) groups.push(await createGroup(this.client));
    this.#users = users;
    this.#groups = groups;
  }

  async #remaining(all: readonly Created[]): Promise<Created[]> {
    const statuses = await Promise.all(all.map(async ({ path }) => (await this.client.get(path)).status));
    return all.filter((_, index) => statuses[index] === 200);
  }
}
