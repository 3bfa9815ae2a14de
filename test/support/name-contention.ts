import { SeededRandom } from '../../apps/entra-simulator/src/directory/seeded-random.js';
import { patchOp, type ScimClient, type ScimReply } from './scim-client.js';

const lanes = 4;

/**
 * Writers that create, rename and delete users under very few names, and remember what the server acknowledged. What has
 * got no answer is settled by what the server says after its restart; whichever it is, it has to be one of the two.
 */
export class NameContention {
  readonly #names: readonly string[];
  readonly #random: SeededRandom;
  /** The name of every user that was acknowledged, or the names it may have; undefined stands for "deleted". */
  readonly #possible = new Map<string, readonly (string | undefined)[]>();
  readonly #busy = new Set<string>();

  constructor(seed: string, names = 12) {
    this.#random = new SeededRandom(seed);
    this.#names = Array.from({ length: names }, (_, index) => `Contended-${index}@acme.test`);
  }

  /** Writes until it is stopped or the server is gone. @param acknowledged called for each write the server accepted. */
  async contend(client: ScimClient, acknowledged: () => void, stop: AbortSignal): Promise<void> {
    const lane = async () => {
      while (!stop.aborted) {
        const reply = await this.#write(client);
        if (reply === undefined) return;
        if (reply.status < 300) acknowledged();
        else if (reply.status !== 409) throw new Error(`A contended name was answered ${reply.status} ${reply.text}`);
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
  }

  /** Holds the server against what it acknowledged, and takes over what it says of the rest. @returns what is wrong */
  async settle(client: ScimClient): Promise<string[]> {
    const problems: string[] = [];
    for (const [id, possible] of this.#possible) {
      const { status, body } = await client.get(`/Users/${id}`);
      const name = status === 404 ? undefined : (body['userName'] as string);
      if (!possible.includes(name)) problems.push(`${id} is ${name}, expected ${possible.join(' or ')}`);
      this.#possible.set(id, [name]);
    }
    for (const name of this.#names) {
      const found = (await client.find('/Users', `userName eq "${name}"`)).body['totalResults'] as number;
      const again = await client.post('/Users', { userName: name });
      const expected = found === 0 ? 201 : 409;
      if (again.status !== expected) problems.push(`${name}: found ${found}, POST ${again.status}`);
      if (again.status === 201) await client.delete(`/Users/${idOf(again)}`);
    }
    return problems;
  }

  /** @returns undefined where there was no answer. */
  async #write(client: ScimClient): Promise<ScimReply | undefined> {
    const name = this.#random.pick(this.#names);
    const idle = [...this.#possible].filter(([id, names]) => names[0] !== undefined && !this.#busy.has(id));
    if (idle.length < 3 || this.#random.chance(0.3)) return this.#create(client, name);
    const [id] = this.#random.pick(idle);
    if (this.#random.chance(0.4)) return this.#change(id, undefined, () => client.delete(`/Users/${id}`));
    const rename = patchOp({ op: 'Replace', path: 'userName', value: name });
    return this.#change(id, name, () => client.patch(`/Users/${id}`, rename));
  }

  async #create(client: ScimClient, userName: string): Promise<ScimReply | undefined> {
    const reply = await answerOf(client.post('/Users', { userName }));
    if (reply?.status === 201) this.#possible.set(idOf(reply), [userName]);
    return reply;
  }

  async #change(id: string, to: string | undefined, send: () => Promise<ScimReply>): Promise<ScimReply | undefined> {
    const from = this.#possible.get(id) ?? [];
    this.#busy.add(id);
    this.#possible.set(id, [...from, to]);
    const reply = await answerOf(send());
    this.#busy.delete(id);
    if (reply) this.#possible.set(id, reply.status < 300 ? [to] : from);
    return reply;
  }
}

function answerOf(reply: Promise<ScimReply>): Promise<ScimReply | undefined> {
  return reply.catch(() => undefined);
}

function idOf({ body }: ScimReply): string {
  return body['id'] as string;
}
