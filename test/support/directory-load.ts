import type { JsonObject } from '#kernel';
import { LatencyHistogram } from '../../apps/benchmark/src/load/latency-histogram.js';
import { RateLimit } from '../../apps/entra-simulator/src/client/rate-limit.js';
import { AcknowledgedChanges, type ExpectedUser } from './acknowledged-changes.js';
import { createGroup, uniqueName } from './directory-requests.js';
import { memberOperations } from './entra-operations.js';
import { patchOp, type ScimClient, type ScimReply } from './scim-client.js';

const lanesPerNode = 3;

interface Lane {
  readonly here: ScimClient;
  /** Another node, where what was written here is read. */
  readonly there: ScimClient;
}

type Outcome = 'acknowledged' | 'refused';

interface Milestone {
  readonly outcome: Outcome;
  readonly at: number;
  readonly passed: () => void;
}

/**
 * Writers on every node that create, change, add to one group, take out of it and delete users, and look on another node
 * for what was just acknowledged. A lane whose node does not answer any more ends.
 */
export class DirectoryLoad {
  readonly changes = new AcknowledgedChanges();
  /** How often each status was answered, and how often nothing. */
  readonly answers: Record<string, number> = {};
  /** Of writes. */
  readonly answerTimes = new LatencyHistogram();
  /** Reads that did not show what was acknowledged before they began, and did not say that they could not. */
  readonly stale: string[] = [];
  readonly prefix = uniqueName('load');
  readonly #counts = { acknowledged: 0, refused: 0 };
  #milestones: Milestone[] = [];
  #stopped = false;
  #users = 0;
  #running: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly group: string,
    private readonly pace: RateLimit,
  ) {}

  /** @param writesPerSecond of all writers together, at most. Default: as many as are answered. */
  static async start(nodes: readonly ScimClient[], writesPerSecond?: number): Promise<DirectoryLoad> {
    const { path } = await createGroup(nodes[0] as ScimClient);
    const load = new DirectoryLoad(path, new RateLimit(writesPerSecond));
    const lanes = nodes.flatMap((here, index) =>
      Array.from({ length: lanesPerNode }, () => ({ here, there: nodes[(index + 1) % nodes.length] as ScimClient })),
    );
    load.#running = Promise.all(lanes.map((lane) => load.#write(lane)));
    return load;
  }

  /** Resolves when so many more writes are acknowledged. @throws where the load ends before. */
  acknowledges(writes: number): Promise<void> {
    return this.#comesTo('acknowledged', writes);
  }

  /** Resolves when so many more writes are answered that it cannot be done or known now. */
  refuses(writes: number): Promise<void> {
    return this.#comesTo('refused', writes);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  async #write(lane: Lane): Promise<void> {
    while (!this.#stopped) {
      const isAnswered = await this.#liveOfOneUser(lane);
      if (!isAnswered) return;
    }
  }

  /** @returns false where the node is gone. */
  async #liveOfOneUser({ here, there }: Lane): Promise<boolean> {
    const number = this.#users++;
    const userName = `${this.prefix}-${number}@acme.test`;
    let isGone = false;
    const sent = (send: () => Promise<ScimReply>) => async () => {
      const reply = await this.#send(send);
      isGone = reply === undefined;
      return reply;
    };
    const id = await this.changes.creation(
      userName,
      sent(() => here.post('/Users', { userName })),
    );
    if (id === undefined) return !isGone;
    const path = `/Users/${id}`;
    const { add, remove } = memberOperations.default;
    const member = (operation: object) => () => here.patch(this.group, patchOp(operation));
    const title = `title ${number}`;
    const steps: readonly (readonly [ExpectedUser, () => Promise<ScimReply>])[] = [
      [{ title: undefined, isMember: true }, member(add(id))],
      [{ title, isMember: true }, () => here.patch(path, patchOp({ op: 'Replace', path: 'title', value: title }))],
      ...(number % 4 === 1 ? [[{ title, isMember: false }, member(remove(id))] as const] : []),
      ...(number % 4 === 2 ? [[undefined, () => here.delete(path)] as const] : []),
    ];
    for (const [to, send] of steps) {
      if (!(await this.changes.change(id, to, sent(send)))) return !isGone;
      await this.#look(there, { id, userName, expected: to });
    }
    return true;
  }

  async #send(send: () => Promise<ScimReply>): Promise<ScimReply | undefined> {
    await this.pace.turn();
    const began = performance.now();
    const reply = await send().catch(() => undefined);
    this.answerTimes.record(performance.now() - began);
    const status = reply?.status ?? 'none';
    this.answers[status] = (this.answers[status] ?? 0) + 1;
    if (reply && reply.status < 300) this.#count('acknowledged');
    if (reply?.status === 503) this.#count('refused');
    return reply;
  }

  async #comesTo(outcome: Outcome, more: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<'passed'>();
    const at = this.#counts[outcome] + more;
    this.#milestones.push({ outcome, at, passed: () => resolve('passed') });
    const passed = await Promise.race([promise, this.#running]);
    if (passed !== 'passed') throw new Error(`The load has ended: ${JSON.stringify(this.answers)}`);
  }

  #count(outcome: Outcome): void {
    const count = ++this.#counts[outcome];
    const passed = this.#milestones.filter((milestone) => milestone.outcome === outcome && milestone.at <= count);
    this.#milestones = this.#milestones.filter((milestone) => !passed.includes(milestone));
    for (const milestone of passed) milestone.passed();
  }

  async #look(
    there: ScimClient,
    { id, userName, expected }: { readonly id: string; readonly userName: string; readonly expected: ExpectedUser },
  ): Promise<void> {
    // A user that is folded from the log has no groups: those are the view's alone.
    const withoutGroups = await there.get(`/Users/${id}?excludedAttributes=groups`).catch(() => undefined);
    const listed = await there.find('/Users', `userName eq "${userName}"`).catch(() => undefined);
    const { title } = expected ?? {};
    this.#expectSeen(`${userName} by id`, withoutGroups, expected && { title, isMember: false });
    this.#expectSeen(`${userName} by name`, listed, expected);
  }

  #expectSeen(what: string, reply: ScimReply | undefined, expected: ExpectedUser): void {
    // Nothing from a node that is gone; 503 says that the view is late, or that nothing can be said.
    if (reply === undefined || reply.status === 503) return;
    const [found] = resourcesIn(reply);
    const groups = (found?.['groups'] ?? []) as readonly unknown[];
    const seen = found && { title: found['title'] as string | undefined, isMember: groups.length > 0 };
    if (JSON.stringify(seen) === JSON.stringify(expected)) return;
    this.stale.push(`${what}: ${reply.status} ${JSON.stringify(seen)}, not ${JSON.stringify(expected)}`);
  }
}

/** Of a list, or of a single resource that was found. */
function resourcesIn({ status, body }: ScimReply): readonly JsonObject[] {
  const listed = body['Resources'] as unknown as readonly JsonObject[] | undefined;
  return listed ?? (status === 200 ? [body] : []);
}
