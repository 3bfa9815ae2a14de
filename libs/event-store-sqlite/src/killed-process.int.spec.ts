import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type RecordedEvent, beforeFirstPosition } from '#event-store';
import { LogFileRefused } from './log-file-refused.js';
import { SqliteEventStore } from './sqlite-event-store.js';
import { type TemporaryFolder, temporaryFolder } from './testing/temporary-folder.js';
import { startTypeScript } from './testing/typescript-process.js';

const appendingProcess = new URL('./testing/appending-process.ts', import.meta.url);

describe('a log whose process is killed', () => {
  let folder: TemporaryFolder;
  let file: string;

  beforeEach(() => {
    folder = temporaryFolder();
    file = folder.path('log.db');
  });
  afterEach(() => folder.remove());

  /** Kills a process that appends as soon as it has acknowledged so many events; answers all it acknowledged. */
  async function appendUntilKilled(acknowledgements: number, meanwhile: () => void = () => {}): Promise<string[]> {
    const child = startTypeScript(appendingProcess, file);
    const closed = once(child, 'close');
    const acknowledged: string[] = [];
    try {
      for await (const id of createInterface(child.stdout)) {
        if (acknowledged.push(id) !== acknowledgements) continue;
        meanwhile();
        child.kill('SIGKILL');
      }
    } finally {
      child.kill('SIGKILL');
    }
    expect(await closed).toEqual([null, 'SIGKILL']);
    return acknowledged;
  }

  async function readLog(): Promise<readonly RecordedEvent[]> {
    const store = SqliteEventStore.open({ file });
    const events = await store.readAll(beforeFirstPosition, 1_000_000);
    await store.close();
    return events;
  }

  it('holds every acknowledged event, with contiguous revisions, time and again', async () => {
    const acknowledged: string[] = [];
    for (let round = 0; round < 4; round++) {
      acknowledged.push(...(await appendUntilKilled(1 + Math.floor(Math.random() * 400))));
      const events = await readLog();
      const ids = new Set(events.map((event) => event.id));
      expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);
      for (const revisions of revisionsByStream(events).values()) {
        expect(revisions).toEqual(revisions.map((_, index) => index));
      }
    }
  });

  it('is refused to others while the process lives, and free when it is dead', async () => {
    await appendUntilKilled(1, () => expect(() => SqliteEventStore.open({ file })).toThrow(LogFileRefused));
    await expect(readLog()).resolves.not.toHaveLength(0);
  });
});

function revisionsByStream(events: readonly RecordedEvent[]): Map<string, number[]> {
  const streams = new Map<string, number[]>();
  for (const { stream, revision } of events) {
    const revisions = streams.get(stream);
    if (revisions === undefined) streams.set(stream, [revision]);
    else revisions.push(revision);
  }
  return streams;
}
