import { chmodSync, chownSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventStoreUnavailable } from '#event-store';
import { aliceStream, givenStream, sampleEvent } from '#event-store/testing';
import { SqliteEventStore } from './sqlite-event-store.js';
import { type TemporaryFolder, temporaryFolder } from './testing/temporary-folder.js';
import { acquireWriterLock, hasWriter } from './writer-lock.js';

describe("the writer's lock", () => {
  let folder: TemporaryFolder;
  let log: string;
  let lock: string;
  let resources: AsyncDisposableStack;

  beforeEach(() => {
    resources = new AsyncDisposableStack();
    folder = temporaryFolder();
    resources.defer(() => folder.remove());
    log = folder.path('log.sqlite');
    lock = `${log}.lock`;
  });
  afterEach(() => resources.disposeAsync());

  function openStore(): SqliteEventStore {
    const store = SqliteEventStore.open({ file: log });
    resources.defer(() => store.close());
    return store;
  }

  const onPosix = process.platform === 'win32' ? it.skip : it;

  onPosix('is refused where its file may only be read, as each of two processes would seem to hold it', () => {
    writeFileSync(lock, '');
    chmodSync(lock, 0o444);
    asOrdinaryUser(() => {
      for (let process = 0; process < 2; process++) {
        expect(() => acquireWriterLock(log)).toThrow(
          expect.objectContaining({ code: 'not-lockable', message: expect.stringContaining(lock) }),
        );
      }
    });
  });

  /** The superuser may write to whatever it likes. */
  function asOrdinaryUser(work: () => void): void {
    if (process.getuid?.() !== 0) return work();
    const nobody = 65_534;
    chownSync(dirname(log), nobody, nobody);
    process.seteuid?.(nobody);
    try {
      work();
    } finally {
      process.seteuid?.(0);
    }
  }

  it('leaves its file as it was', () => {
    const held = acquireWriterLock(log);
    expect(hasWriter(log)).toBe(true);
    held.release();
    expect(hasWriter(log)).toBe(false);
    expect(readFileSync(lock)).toHaveLength(0);
  });

  it.each<readonly [string, () => void]>([
    ['is removed', () => rmSync(lock)],
    ['is another one', () => (renameSync(lock, `${lock}.old`), writeFileSync(lock, ''))],
  ])('lets its holder write no more once its file %s, and still read', async (_, lose) => {
    const store = openStore();
    await givenStream(store, aliceStream, 2);
    lose();
    const append = () => store.append([{ stream: aliceStream, expected: 'no-stream', events: [sampleEvent()] }]);
    await expect(append()).rejects.toThrow(/log\.sqlite\.lock .*restart/);
    await expect(append()).rejects.toThrow(EventStoreUnavailable);
    expect(await store.readStream(aliceStream)).toHaveLength(2);
  });

  it('has one writer also after its file was removed: the one that came last', async () => {
    const first = openStore();
    await givenStream(first, aliceStream, 2);
    rmSync(lock);
    const second = openStore();
    const next = { stream: aliceStream, expected: 1 as never, events: [sampleEvent()] };
    await expect(first.append([next])).rejects.toThrow(EventStoreUnavailable);
    expect(await second.append([next])).toMatchObject({ outcome: 'appended', position: 3n });
    expect(statSync(lock).size).toBe(0);
  });
});
