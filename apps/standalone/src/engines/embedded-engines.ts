import type { Logger } from 'pino';
import { systemClock } from '#kernel';
import { createDirectoryCommands, DirectoryCommands, DirectoryLog, withLogAsFallback } from '#command-handling';
import { concernsView, eventCost, isViewFailure, SqliteDirectoryView } from '#directory-view';
import { eventCodec } from '#event-catalog';
import { type KafkaSettings, openSqliteRelayLedger } from '#event-relay';
import type { EventStore, Position } from '#event-store';
import { SqliteEventStore } from '#event-store-sqlite';
import { CheckpointSignal, type HaltRecord, HaltsInFolder } from '#projections';
import { SqliteProcessCheckpoint } from '#projections-sqlite';
import type { SchemaRegistry } from '#scim-protocol';
import {
  concernsMembershipEnd,
  type HostedProjection,
  liftRelayHalt,
  MembershipEnd,
  observeLog,
  relayProjection,
} from '../../../projector/src/index.js';
import { dataFiles } from './data-files.js';
import { prepareDataFolder } from './data-folder.js';
import { refuseShortenedLog } from './refuse-shortened-log.js';
import { refuseUnwritableFiles } from './refuse-unwritable-files.js';
import { traceOfLog } from './trace-of-log.js';
import { UnseenChanges } from './unseen-changes.js';

/** Everything below the edge in its embedded form: SQLite files in one folder, one process. */
export interface EmbeddedEngines {
  readonly store: EventStore;
  readonly view: SqliteDirectoryView;
  readonly commands: DirectoryCommands;
  readonly log: DirectoryLog;
  readonly viewProgress: CheckpointSignal;
  readonly membershipEndProgress: CheckpointSignal;
  readonly unseen: UnseenChanges;
  /** Where the log ended when it was opened. */
  readonly startedAt: Position;
  readonly projections: readonly HostedProjection[];
  /** Where it is written down which of them have stopped. */
  readonly halts: HaltRecord;
  close(): Promise<void>;
}

export interface EmbeddedOptions {
  readonly directory: string;
  readonly store: SqliteEventStore;
  readonly registry: SchemaRegistry;
  readonly nameSecret: Buffer;
  /** Undefined: nothing is published. */
  readonly kafka?: KafkaSettings | undefined;
  readonly logger: Logger;
}

/** @throws DataFolderError | LogFileRefused */
export function openLog(directory: string): SqliteEventStore {
  prepareDataFolder(directory);
  const files = dataFiles(directory);
  refuseUnwritableFiles(files);
  return SqliteEventStore.open({ file: files.log, trace: traceOfLog(files) });
}

/** What an operator is told of a view whose file is damaged; it is built again at the start. */
const damaged = 'lists are refused, the rest comes from the log. Restart the server to build the view again';

/**
 * How long writes that nobody asks about yet gather for one transaction of the view, milliseconds. Every read asks that
 * they make a difference to (`WaitOnRead`), so it is the most that a read finds still to be done.
 */
const lingerMs = 50;

/** @throws DataFolderError where the view knows more than the log. */
export async function openEmbeddedEngines(options: EmbeddedOptions): Promise<EmbeddedEngines> {
  const { directory, store, registry, nameSecret, kafka, logger } = options;
  const files = dataFiles(directory);
  await refuseShortenedLog(files, store);
  const startedAt = await store.head();
  const observation = observeLog(store);
  const source = (projection: string) => ({
    log: store,
    discarded: (reason: string) => logger.warn({ projection, reason }, 'projection starts over, from the whole log'),
  });
  const view = await SqliteDirectoryView.open({
    directory: files.view,
    registry,
    ...source('directory-view'),
    damaged: (generation) => logger.error({ generation }, `a file of the view is damaged; ${damaged}`),
  });
  const log = new DirectoryLog(store, eventCodec);
  const viewProgress = new CheckpointSignal();
  const membershipEndProgress = new CheckpointSignal();
  const unseen = new UnseenChanges(viewProgress, startedAt);
  const commands = createDirectoryCommands({
    store,
    codec: eventCodec,
    membership: withLogAsFallback(view.reader, log, isViewFailure),
    nameSecret,
    observer: unseen,
  });
  const checkpoint = new SqliteProcessCheckpoint({
    file: files.membershipEnd,
    ...source('membership-end'),
  });
  const relay =
    kafka &&
    relayProjection({
      store,
      startedAt,
      ledger: openSqliteRelayLedger({ file: files.relay, log: store }),
      settings: kafka,
      registry,
      logger,
    });
  const halts = new HaltsInFolder(files.halts);
  if (!relay) await liftRelayHalt(halts, logger);
  const reading = { log: store, readEvent: eventCodec.decode.bind(eventCodec), startedAt, lingerMs };
  return {
    store,
    view,
    commands,
    log,
    viewProgress,
    membershipEndProgress,
    unseen,
    startedAt,
    projections: [
      {
        ...reading,
        name: 'directory-view',
        catalogue: view.catalogue,
        // Whoever reads is switched with the flip.
        partingMs: 0,
        progress: viewProgress,
        problem: () => (view.isDamaged ? `its file is damaged: ${damaged}` : undefined),
        concerns: concernsView,
        costOf: eventCost,
      },
      {
        ...reading,
        name: 'membership-end',
        target: new MembershipEnd({
          commands,
          log,
          reader: view.reader,
          view: viewProgress,
          checkpoint,
          clock: systemClock,
        }),
        progress: membershipEndProgress,
        concerns: concernsMembershipEnd,
        costOf: eventCost,
      },
      ...(relay ? [relay.projection] : []),
    ],
    halts,
    close: async () => {
      observation.stop();
      await relay?.close();
      await checkpoint.close();
      view.close();
      await store.close();
    },
  };
}
