import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TenantId } from '#kernel';
import { type AuditedDirectory, auditDirectory } from '#command-handling/testing';
import { SqliteDirectoryView } from '#directory-view';
import { foldOfLog, type ViewDump, viewSnapshot } from '#directory-view/testing';
import { type EventEnvelope, eventCodec } from '#event-catalog';
import { beforeFirstPosition, type Position } from '#event-store';
import { SqliteEventStore } from '#event-store-sqlite';
import type { Generation } from '#projections';
import { SchemaRegistry } from '#scim-protocol';

export const defaultTenant = 'default' as TenantId;
const registry = new SchemaRegistry();

/** What a server that is not running has in its data folder. */
export interface StoredData {
  /** The whole log, in order. */
  readonly events: readonly EventEnvelope[];
  readonly audited: AuditedDirectory;
  readonly view: StoredView;
}

export interface StoredView {
  readonly generations: readonly Generation[];
  readonly checkpoint: Position;
  /** The live generation's rows of the default tenant. */
  readonly rows: ViewDump;
  /** What its rows have to be: the fold of the log up to the checkpoint. */
  readonly expected: ViewDump;
}

/**
 * Reads a data folder the way a crash left it. Works on a copy, so that what the next start finds, and has to recover
 * from, stays as it is.
 *
 * @throws Error at the first thing that must never be in a log; see `auditDirectory`.
 */
export async function readStoredData(directory: string): Promise<StoredData> {
  return withCopy(directory, async (copy) => {
    const store = SqliteEventStore.open({ file: join(copy, 'log.sqlite') });
    try {
      const recorded = await store.readAll(beforeFirstPosition, Number.MAX_SAFE_INTEGER);
      const events = recorded.map((event) => eventCodec.decode(event));
      const view = await readView(copy, store);
      const applied = events.filter(({ position }) => position <= view.checkpoint);
      const expected = foldOfLog(registry, defaultTenant, applied);
      return { events, audited: await auditDirectory(store), view: { ...view, expected } };
    } finally {
      await store.close();
    }
  });
}

/** The rows of the view alone, of the default tenant. */
export async function readViewRows(directory: string): Promise<ViewDump> {
  return withCopy(directory, async (copy) => {
    const store = SqliteEventStore.open({ file: join(copy, 'log.sqlite') });
    try {
      return (await readView(copy, store)).rows;
    } finally {
      await store.close();
    }
  });
}

/** Does something to a copy of a data folder and removes the copy. */
export async function withCopy<T>(directory: string, work: (copy: string) => Promise<T>): Promise<T> {
  const copy = mkdtempSync(join(tmpdir(), 'scim-ledger-copy-'));
  try {
    cpSync(directory, copy, { recursive: true });
    return await work(copy);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** Opens the view of a data folder, as a server would. */
export async function openView(directory: string, store: SqliteEventStore): Promise<SqliteDirectoryView> {
  return SqliteDirectoryView.open({ directory: join(directory, 'view'), registry, log: store });
}

async function readView(directory: string, store: SqliteEventStore): Promise<Omit<StoredView, 'expected'>> {
  const view = await openView(directory, store);
  try {
    const { checkpoint } = await (await view.liveTarget()).acquire();
    return {
      generations: await view.catalogue.list(),
      checkpoint,
      rows: await viewSnapshot(view.liveReads, defaultTenant),
    };
  } finally {
    view.close();
  }
}
