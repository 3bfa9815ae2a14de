import type { Logger } from 'pino';
import {
  claimedWith,
  createDirectoryCommands,
  DirectoryCommands,
  DirectoryLog,
  withLogAsFallback,
} from '#command-handling';
import { FollowedDirectoryView, isViewFailure, projectorNames } from '#directory-view';
import { eventCodec } from '#event-catalog';
import { KurrentEventStore, type KurrentEventStoreOptions } from '#event-store-kurrent';
import { CheckpointSignal } from '#projections';
import { type CheckpointSource, PostgresCheckpointFeed, ProcessSource } from '#projections-postgres';
import type { SchemaRegistry } from '#scim-protocol';
import { KnownLog } from './known-log.js';
import { LogReach } from './log-reach.js';
import { WaitOnWrite } from './wait-on-write.js';

export interface DistributedOptions {
  readonly eventStore: KurrentEventStoreOptions;
  /** `DATABASE_URL` */
  readonly database: string;
  readonly registry: SchemaRegistry;
  readonly nameSecret: Buffer;
  readonly logger: Logger;
  /** Called when the log is no longer the one that was opened: nothing this process remembers of it holds any more. */
  readonly logParted: (reason: string) => void;
}

/** Everything below the edge where other processes have a part in it: the log on a server, a view that another one builds. */
export interface DistributedEngines {
  readonly view: FollowedDirectoryView;
  readonly commands: DirectoryCommands;
  readonly log: DirectoryLog;
  readonly readYourWrites: WaitOnWrite;
  readonly logReach: LogReach;
  close(): Promise<void>;
}

/** The names in the log were claimed with another secret than this node has: every one of them would look free to it. */
export class NameSecretRefused extends Error {
  override readonly name = 'NameSecretRefused';

  constructor() {
    super(
      'NAME_SECRET is not the one that the names in the log were claimed with: every one of them would look free. Give this node ' +
        'the secret that the other nodes have, or the one that was saved with the log',
    );
  }
}

/** @throws EventStoreUnavailable | NameSecretRefused */
export async function openDistributedEngines(options: DistributedOptions): Promise<DistributedEngines> {
  const { eventStore, database, registry, nameSecret, logger, logParted } = options;
  const opened = await KurrentEventStore.open(eventStore);
  const store = new KnownLog(opened);
  if ((await claimedWith(nameSecret, store, eventCodec)) === false) throw new NameSecretRefused();
  const view = new FollowedDirectoryView({
    url: database,
    registry,
    logIdentity: opened.identity,
    problemChanged: (problem) => {
      if (problem === undefined) logger.info('view is read');
      else logger.warn({ problem }, 'view cannot be read');
    },
  });
  const log = new DirectoryLog(store, eventCodec);
  const commands = createDirectoryCommands({
    store,
    codec: eventCodec,
    membership: withLogAsFallback(view.reader, log, isViewFailure),
    nameSecret,
  });

  const stop = new AbortController();
  const follow = (source: CheckpointSource, lease?: string): { progress: CheckpointSignal; running: Promise<void> } => {
    const progress = new CheckpointSignal();
    const feed = new PostgresCheckpointFeed({
      url: database,
      source,
      progress,
      ...(lease !== undefined && { lease }),
      observer: {
        stateChanged: ({ status, ...cause }) => {
          const line = { checkpoint: source.channel, status, ...('cause' in cause && { err: cause.cause }) };
          if (status === 'alive') logger.info(line, 'checkpoint is heard of');
          else logger.warn(line, 'checkpoint is not heard of');
        },
      },
    });
    return { progress, running: feed.run(stop.signal) };
  };
  const viewFeed = follow(view);
  const membershipEnd = follow(new ProcessSource(projectorNames.membershipEnd), projectorNames.lease);
  const readYourWrites = new WaitOnWrite({ store, view: viewFeed.progress, membershipEnd: membershipEnd.progress });
  const logReach = new LogReach(async () => {
    for (const { current } of [viewFeed.progress, membershipEnd.progress]) store.hearOf(current);
    const [reason] = await Promise.all([store.reasonToForget(), readYourWrites.look()]);
    if (reason !== undefined) logParted(reason);
  });
  return {
    view,
    commands,
    log,
    readYourWrites,
    logReach,
    close: async () => {
      logReach.stop();
      stop.abort();
      await Promise.all([viewFeed.running, membershipEnd.running]);
      await view.close();
      await store.close();
    },
  };
}
