import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { beforeFirstPosition } from '#event-store';
import { aliceStream, bobStream, givenStream } from '#event-store/testing';
import { SqliteEventStore } from './sqlite-event-store.js';
import { SqliteLogReader } from './sqlite-log-reader.js';
import { startTypeScript } from './testing/typescript-process.js';
import { type TemporaryFolder, temporaryFolder } from './testing/temporary-folder.js';

const appendingProcess = new URL('./testing/appending-process.ts', import.meta.url);

/** Holds what `hasWriter` holds for some microseconds. */
const lookFor100Milliseconds = `
  const { DatabaseSync } = require('node:sqlite');
  const { parentPort, workerData } = require('node:worker_threads');
  const lock = new DatabaseSync(workerData, { readOnly: true });
  lock.exec('BEGIN; SELECT count(*) FROM sqlite_schema');
  parentPort.postMessage('looks');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  lock.close();`;

describe('a reader of a log file', () => {
  let folder: TemporaryFolder;
  let file: string;
  let resources: AsyncDisposableStack;

  beforeEach(() => {
    resources = new AsyncDisposableStack();
    folder = temporaryFolder();
    resources.defer(() => folder.remove());
    file = folder.path('log.sqlite');
  });
  afterEach(() => resources.disposeAsync());

  function write(): SqliteEventStore {
    const store = SqliteEventStore.open({ file });
    resources.defer(() => store.close());
    return store;
  }

  function read(): SqliteLogReader {
    const reader = SqliteLogReader.open(file);
    resources.defer(() => reader.close());
    return reader;
  }

  it('sees what its writer appends, before and after', async () => {
    const store = write();
    await givenStream(store, aliceStream, 3);
    const reader = read();
    expect(reader.identity).toBe(store.identity);
    expect(await reader.head()).toBe(await store.head());
    await givenStream(store, bobStream, 1);
    expect(await reader.head()).toBe(await store.head());
    const before = await reader.readAll(beforeFirstPosition, 10);
    expect(before).toEqual(await store.readAll(beforeFirstPosition, 10));
    expect(await reader.readStream(aliceStream, { direction: 'backwards', limit: 1 })).toEqual([before[2]]);
  });

  it('tells whether somebody writes, and holds nobody up who is about to', async () => {
    const store = write();
    const reader = read();
    expect(reader.hasWriter).toBe(true);
    await store.close();
    expect(reader.hasWriter).toBe(false);
    const looking = new Worker(lookFor100Milliseconds, { eval: true, workerData: `${file}.lock` });
    await once(looking, 'message');
    const again = SqliteEventStore.open({ file });
    expect(reader.hasWriter).toBe(true);
    await Promise.all([again.close(), once(looking, 'exit')]);
  });

  it('reads what a writer that was killed has left', async () => {
    const child = startTypeScript(appendingProcess, file);
    const closed = once(child, 'close');
    await once(child.stdout, 'data');
    const reader = read();
    expect(reader.hasWriter).toBe(true);
    expect(await reader.head()).toBeGreaterThan(beforeFirstPosition);
    child.kill('SIGKILL');
    await closed;
    expect(reader.hasWriter).toBe(false);
    const after = read();
    expect(await after.readAll(beforeFirstPosition, 1_000_000)).toHaveLength(Number(await after.head()));
  });

  it('makes nothing where there is no log', () => {
    expect(read).toThrow(expect.objectContaining({ code: 'missing' }));
    expect(existsSync(file)).toBe(false);
  });

  it('leaves the newest events of a log that is empty otherwise where they are', () => {
    writeFileSync(file, '');
    writeFileSync(`${file}-wal`, 'events');
    expect(read).toThrow(expect.objectContaining({ code: 'missing' }));
    expect(existsSync(`${file}-wal`)).toBe(true);
  });

  it('refuses what is not a log', () => {
    writeFileSync(file, 'not a database, but long enough to be looked at as one'.repeat(50));
    expect(read).toThrow(expect.objectContaining({ code: 'foreign' }));
  });
});
