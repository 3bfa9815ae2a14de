import { runClosedLoop } from '../load/closed-loop.js';
import { type Script, single, type Workload } from '../load/exchange.js';
import { createdGroup, createdUser } from '../scim/entra-exchanges.js';
import { idIn } from '../scim/scim-requests.js';

/** Connections that fill a server before it is measured. */
const fillingConnections = 16;

/** A server under load, and which of the numbered people and groups it has been given. */
export class Target {
  #users = 0;
  #groups = 0;

  constructor(readonly port: number) {}

  /** The number of a person this server has not met. */
  nextUser(): number {
    return this.#users++;
  }

  nextGroup(): number {
    return this.#groups++;
  }

  /** Creates so many users, or as many as come into being in the time. @returns their numbers by their ids. */
  async createUsers({ count = Infinity, seconds }: { readonly count?: number; readonly seconds?: number }) {
    const users = new Map<string, number>();
    let left = count;
    await this.#fill(() => (left-- > 0 ? this.#creatingUser(users) : undefined), seconds);
    return users as ReadonlyMap<string, number>;
  }

  /** Creates groups without members. @returns their numbers by their ids. */
  async createGroups(count: number): Promise<ReadonlyMap<string, number>> {
    const groups = new Map<string, number>();
    let left = count;
    await this.#fill(() => (left-- > 0 ? this.#creatingGroup(groups) : undefined));
    return groups;
  }

  /** A workload that creates one user after the other, for ever. */
  get newcomers(): Workload {
    return () => single(createdUser(this.nextUser()));
  }

  async #fill(workload: Workload, seconds?: number): Promise<void> {
    const bound = seconds === undefined ? {} : { seconds };
    await runClosedLoop({ port: this.port, connections: fillingConnections, workload, ...bound });
  }

  *#creatingUser(created: Map<string, number>): Script {
    const number = this.nextUser();
    const answer = yield createdUser(number);
    created.set(idIn(answer.body), number);
  }

  *#creatingGroup(created: Map<string, number>): Script {
    const number = this.nextGroup();
    const answer = yield createdGroup(number);
    created.set(idIn(answer.body), number);
  }
}
