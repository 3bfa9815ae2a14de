import { setTimeout as pause } from 'node:timers/promises';
import { type AuditedDirectory, auditDirectory } from '#command-handling/testing';
import { FollowedDirectoryView, projectorNames } from '#directory-view';
import { foldOfLog, type ViewDump, viewSnapshot } from '#directory-view/testing';
import { type EventEnvelope, eventCodec } from '#event-catalog';
import { beforeFirstPosition, type Position } from '#event-store';
import { KurrentEventStore } from '#event-store-kurrent';
import { type Ask, type CheckpointSource, ProcessSource } from '#projections-postgres';
import { SchemaRegistry } from '#scim-protocol';
import { defaultTenant } from '../support/stored-data.js';
import type { Installation } from './installation.js';

const patience = 20_000;

/** What the engines of an installation hold that nobody writes to at present. */
export interface InstalledData {
  readonly events: readonly EventEnvelope[];
  readonly audited: AuditedDirectory;
  /** Rows of the live generation, and the fold of the log, which is what they have to be. */
  readonly view: { readonly rows: ViewDump; readonly expected: ViewDump };
}

/**
 * Waits until the memberships of what was deleted have ended and the view is at the end of the log, and reads both.
 *
 * @param registry of the release whose view is read.
 * @throws Error at the first thing that must never be in a log; see `auditDirectory`.
 */
export async function readInstalledData(
  { log, database }: Installation,
  registry = new SchemaRegistry(),
): Promise<InstalledData> {
  const store = await KurrentEventStore.open(log);
  const view = new FollowedDirectoryView({ url: database.url, registry, logIdentity: store.identity });
  try {
    const ask: Ask = (text, values) => database.execute(text, values);
    // What is deleted is followed by ends of its memberships, and those are in the view last.
    await untilAt(await store.head(), () => new ProcessSource(projectorNames.membershipEnd).current(ask));
    await untilAt(await store.head(), () => view.current(ask));
    const recorded = await store.readAll(beforeFirstPosition, Number.MAX_SAFE_INTEGER);
    const events = recorded.map((event) => eventCodec.decode(event));
    return {
      events,
      audited: await auditDirectory(store),
      view: {
        rows: await viewSnapshot(view.liveReads, defaultTenant),
        expected: foldOfLog(registry, defaultTenant, events),
      },
    };
  } finally {
    await view.close();
    await store.close();
  }
}

async function untilAt(head: Position, current: () => ReturnType<CheckpointSource['current']>): Promise<void> {
  const began = performance.now();
  for (let reached = await current(); typeof reached !== 'bigint' || reached < head; reached = await current()) {
    if (performance.now() - began > patience) throw new Error(`Position ${reached} of ${head} is reached`);
    await pause(20);
  }
}
