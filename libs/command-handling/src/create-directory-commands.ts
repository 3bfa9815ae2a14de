import { createSecretKey, randomUUID } from 'node:crypto';
import { setTimeout as sleepByTimer } from 'node:timers/promises';
import { SerialQueue, systemClock, type TenantId, timeOrderedUuid } from '#kernel';
import type { NameKind } from '#directory-domain';
import type { EventCodec } from '#event-catalog';
import type { EventStore } from '#event-store';
import { AggregateLoader } from './aggregate-loader.js';
import { groupAggregate, userAggregate } from './aggregate-type.js';
import { AggregateWriter } from './aggregate-writer.js';
import type { Sleep } from './append-until-known.js';
import { DirectoryCommands } from './directory-commands.js';
import { type MembershipLookup, MembershipReader } from './membership/membership-reader.js';
import { AtomicNameClaims } from './name-claims/atomic-name-claims.js';
import { ClaimStreams } from './name-claims/claim-stream.js';
import { nameKey } from './name-claims/name-key.js';
import { type OwnersByKind, SingleStreamNameClaims } from './name-claims/single-stream-name-claims.js';
import type { WriteObserver } from './write-observer.js';

export interface DirectoryCommandsOptions {
  readonly store: EventStore;
  readonly codec: EventCodec;
  readonly membership: MembershipLookup;
  /**
   * Keys the hashes that stand for names. Another secret makes every claimed name look free. Undefined: for a process that
   * names nobody; whatever it does that would change a name throws.
   */
  readonly nameSecret?: Buffer;
  /** Default: by a timer. */
  readonly sleep?: Sleep;
  /** UUIDs that were never used; see `CommandContext.commandId`. Default: of the system's clock. */
  readonly newClaimId?: () => string;
  /** Most users, most groups and most names whose state is remembered. */
  readonly remembered?: number;
  readonly observer?: WriteObserver;
}

export function createDirectoryCommands(options: DirectoryCommandsOptions): DirectoryCommands {
  const { store, codec, membership, nameSecret, remembered = 10_000, observer } = options;
  const sleep: Sleep = options.sleep ?? ((milliseconds) => sleepByTimer(milliseconds));
  const newClaimId = options.newClaimId ?? (() => timeOrderedUuid(systemClock.now(), randomUUID()));
  const users = new AggregateLoader(store, codec, userAggregate, remembered);
  const groups = new AggregateLoader(store, codec, groupAggregate, remembered);
  const owners: OwnersByKind = {
    'user-name': { stream: userAggregate.stream, load: (stream) => users.load(stream) },
    'group-display-name': { stream: groupAggregate.stream, load: (stream) => groups.load(stream) },
  };
  const claims = new ClaimStreams(store, codec, remembered);
  const names = store.capabilities.atomicAcrossStreams
    ? new AtomicNameClaims(claims)
    : new SingleStreamNameClaims(store, codec, claims, owners, sleep);
  const queue = new SerialQueue();
  const writing = { store, codec, names, keyOf: nameHash(nameSecret), newClaimId, queue, sleep };
  return new DirectoryCommands(
    new AggregateWriter({
      ...writing,
      type: userAggregate,
      loader: users,
      logged: (change) => observer?.userWritten(change),
    }),
    new AggregateWriter({
      ...writing,
      type: groupAggregate,
      loader: groups,
      logged: (change) => observer?.groupWritten(change),
    }),
    new MembershipReader(store, codec, membership),
  );
}

function nameHash(nameSecret: Buffer | undefined): (tenant: TenantId, kind: NameKind, name: string) => string {
  if (nameSecret === undefined) {
    return () => {
      throw new Error('This process was given no secret for names and cannot change any.');
    };
  }
  const secret = createSecretKey(nameSecret);
  return (tenant, kind, name) => nameKey(secret, tenant, kind, name);
}
