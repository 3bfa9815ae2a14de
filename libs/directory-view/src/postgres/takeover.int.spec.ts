import { type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { TenantId } from '#kernel';
import type { Position } from '#event-store';
import { startTypeScript } from '#event-store-sqlite/testing';
import { placeOf } from '#projections';
import { sourceLogAt } from '#projections/testing';
import { TemporaryDatabase } from '#projections-postgres/testing';
import { sampleRegistry } from '../testing/arbitrary-document.js';
import { foldOfLog } from '../testing/fold-of-log.js';
import { takeoverLog } from '../testing/takeover-log.js';
import { viewSnapshot } from '../testing/view-snapshot.js';
import { PostgresDirectoryView } from './postgres-directory-view.js';

const tenant = 'acme' as TenantId;
const events = takeoverLog().events.map((event, index) => ({ ...event, position: BigInt(index + 1) as Position }));
const script = new URL('../testing/projector-process.ts', import.meta.url);
/** What operators are promised. */
const takeoverWithinMs = 10_000;
/** Longer than any takeover, shorter than a test may last. */
const patienceMs = 25_000;

interface Said {
  readonly taken?: boolean;
  readonly ended?: string;
  readonly rest?: string;
  readonly failure?: string;
  readonly checkpoint?: number;
}

/** A projector beside others, and what it says. */
class Projector {
  readonly said: Said[] = [];
  readonly #process: ChildProcess;
  #heard = Promise.withResolvers<void>();
  #isGone = false;

  constructor(url: string, name: string) {
    const child = startTypeScript(script, url, name);
    this.#process = child;
    child.once('exit', () => {
      this.#isGone = true;
      this.#heard.resolve();
    });
    createInterface(child.stdout).on('line', (line) => {
      this.said.push(JSON.parse(line) as Said);
      this.#heard.resolve();
      this.#heard = Promise.withResolvers();
    });
  }

  get checkpoint(): number {
    return Math.max(0, ...this.said.map(({ checkpoint = 0 }) => checkpoint));
  }

  /** @throws Error where it ends, or says nothing for {@link patienceMs}, before that. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      if (this.#isGone) throw new Error(`The projector ended after saying ${this.#lastSaid()}`);
      const silent = AbortSignal.timeout(patienceMs);
      await Promise.race([this.#heard.promise, once(silent, 'abort')]);
      if (silent.aborted) throw new Error(`The projector fell silent after saying ${this.#lastSaid()}`);
    }
  }

  #lastSaid(): string {
    return JSON.stringify(this.said.slice(-3));
  }

  untilTaken(): Promise<void> {
    return this.until(() => this.said.some(({ taken }) => taken));
  }

  untilComplete(): Promise<void> {
    return this.until(() => this.checkpoint === events.length);
  }

  send(signal: NodeJS.Signals): void {
    this.#process.kill(signal);
  }

  async end(): Promise<void> {
    if (this.#isGone) return;
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill('SIGCONT');
    this.#process.kill('SIGKILL');
    await ended;
  }
}

describe('several projectors of one view', () => {
  let database: TemporaryDatabase;
  const projectors: Projector[] = [];

  beforeAll(async () => {
    database = await TemporaryDatabase.create();
  });
  afterAll(() => database.drop());
  afterEach(async () => {
    await Promise.all(projectors.splice(0).map((projector) => projector.end()));
  });

  function start(name: string): Projector {
    const projector = new Projector(database.url, name);
    projectors.push(projector);
    return projector;
  }

  /** What is live is the fold of the whole log. */
  async function expectComplete(name: string): Promise<void> {
    const view = await PostgresDirectoryView.open({
      ...{ url: database.url, name, registry: sampleRegistry },
      log: sourceLogAt('takeover', BigInt(events.length) as Position, events.map(placeOf)),
    });
    expect(await viewSnapshot(view.liveReads, tenant)).toEqual(foldOfLog(sampleRegistry, tenant, events));
    await view.close();
  }

  it('go on where one is frozen and the next is killed, and the frozen one writes nothing when it wakes', async () => {
    const name = 'frozen_and_killed';
    const first = start(name);
    await first.until(() => first.checkpoint > 300);
    const [second, third] = [start(name), start(name)];
    first.send('SIGSTOP');
    const frozen = performance.now();
    await Promise.race([second.untilTaken(), third.untilTaken()]);
    expect(performance.now() - frozen).toBeLessThan(takeoverWithinMs);

    const active = second.said.some(({ taken }) => taken) ? second : third;
    const standby = active === second ? third : second;
    await active.until(() => active.checkpoint > first.checkpoint + 300);
    first.send('SIGCONT');
    await first.until(() => first.said.some(({ rest }) => rest !== undefined));
    const written = first.checkpoint;
    expect(written).toBeLessThan(active.checkpoint);

    active.send('SIGKILL');
    const killed = performance.now();
    // The one that had been frozen is a standby as good as the other by now.
    const takenAgain = first.until(() => first.said.filter(({ taken }) => taken).length === 2);
    await Promise.race([standby.untilTaken(), takenAgain]);
    expect(performance.now() - killed).toBeLessThan(takeoverWithinMs);
    for (const projector of [first, standby]) projector.send('SIGUSR2');
    await Promise.race([first.untilComplete(), standby.untilComplete()]);
    await expectComplete(name);
  });

  it('hand over at once when the active one is asked to end', async () => {
    const name = 'asked_to_end';
    const first = start(name);
    await first.until(() => first.checkpoint > 100);
    const second = start(name);
    first.send('SIGTERM');
    const asked = performance.now();
    await second.untilTaken();
    expect(performance.now() - asked).toBeLessThan(5_000);
    second.send('SIGUSR2');
    await second.untilComplete();
    await expectComplete(name);
  });
});
