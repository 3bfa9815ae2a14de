import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { EventIdTaken, EventStoreUnavailable, type Position } from '#event-store';
import { aliceStream, appendTo, sampleEvents } from '#event-store/testing';
import type { AppendAnswer } from './append-transaction.js';
import { type EncodedAppend, encodeAppend } from './encoded-append.js';
import { GroupCommit } from './group-commit.js';

const appended: AppendAnswer = { outcome: 'appended', position: 1n as Position };

function appendOf(events: number): readonly EncodedAppend[] {
  return [encodeAppend(appendTo(aliceStream, 'no-stream', ...sampleEvents(events)))];
}

/** A group commit over transactions that answer as told; `groups` lists how many appends each was given. */
function groupCommit(
  answer: (group: readonly unknown[]) => readonly AppendAnswer[] = (group) => group.map(() => appended),
) {
  const groups: number[] = [];
  const run = (group: readonly unknown[]) => (groups.push(group.length), answer(group));
  let announced = 0;
  const commits = new GroupCommit({ run }, () => announced++);
  return { commits, groups, announcements: () => announced };
}

describe('GroupCommit', () => {
  afterEach(() => void jest.useRealTimers());

  it('runs one transaction for the appends of one turn, and another for those after it', async () => {
    const { commits, groups, announcements } = groupCommit();
    await Promise.all([commits.append(appendOf(1)), commits.append(appendOf(1))]);
    await commits.append(appendOf(1));
    expect(groups).toEqual([2, 1]);
    expect(announcements()).toBe(2);
    expect(commits.statistics).toEqual({ commits: 2, appends: 3 });
  });

  it('waits for those that the next turn brings, as long as each brings some', async () => {
    const { commits, groups } = groupCommit();
    const first = commits.append(appendOf(1));
    const later = nextTurn().then(() => commits.append(appendOf(1)));
    await Promise.all([first, later]);
    expect(groups).toEqual([2]);
  });

  it('does not wait for ever for those that come one by one', async () => {
    const { commits, groups } = groupCommit();
    const appends: Promise<unknown>[] = [];
    while (groups.length === 0) {
      appends.push(commits.append(appendOf(1)));
      await nextTurn();
    }
    expect(groups[0]).toBeLessThanOrEqual(10);
    await Promise.all(appends);
  });

  it('does not commit within the call, so that others can join', () => {
    const { commits, groups } = groupCommit();
    void commits.append(appendOf(1));
    expect(groups).toEqual([]);
    commits.flush();
    expect(groups).toEqual([1]);
  });

  it('takes at most 512 events into a transaction, in the order of the appends', async () => {
    const { commits, groups } = groupCommit();
    await Promise.all([300, 212, 1, 511, 1].map((events) => commits.append(appendOf(events))));
    expect(groups).toEqual([2, 2, 1]);
  });

  it('gives an append of more events a transaction of its own', async () => {
    const { commits, groups } = groupCommit();
    await Promise.all([1, 600, 1].map((events) => commits.append(appendOf(events))));
    expect(groups).toEqual([1, 1, 1]);
  });

  it('rejects every append of a transaction that was not written, and goes on with the next', async () => {
    let full = true;
    const { commits, announcements } = groupCommit((group) => {
      if (full) throw new EventStoreUnavailable('disk full');
      return group.map(() => appended);
    });
    const results = await Promise.allSettled([commits.append(appendOf(1)), commits.append(appendOf(1))]);
    expect(results).toMatchObject([1, 2].map(() => ({ reason: expect.any(EventStoreUnavailable) })));
    expect(announcements()).toBe(0);
    full = false;
    expect(await commits.append(appendOf(1))).toBe(appended);
  });

  it('commits what is left for another turn, whatever fails in the turn before it', () => {
    jest.useFakeTimers();
    const announce = jest.fn<() => void>().mockImplementationOnce(() => {
      throw new Error('not announced');
    });
    const commits = new GroupCommit({ run: (group) => group.map(() => appended) }, announce);
    for (const events of [512, 1]) void commits.append(appendOf(events));
    expect(() => jest.runAllTimers()).toThrow('not announced');
    jest.runAllTimers();
    expect(commits.statistics).toEqual({ commits: 2, appends: 2 });
  });

  it('gives each append its own answer', async () => {
    const { commits } = groupCommit(() => [appended, new EventIdTaken('e-1'), appended]);
    const results = await Promise.allSettled([1, 1, 1].map((events) => commits.append(appendOf(events))));
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });
});
