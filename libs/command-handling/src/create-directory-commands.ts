import { createSecretKey, randomUUID } from 'node:crypto';
import { setTimeout as sleepByTimer } from 'node:timers/promises';
import { type ResourceId, SerialQueue, systemClock, type TenantId, timeOrderedUuid } from '#kernel';
import {
  absentGroup,
  absentUser,
  evolveGroup,
  evolveUser,
  type GroupEvent,
  type GroupState,
  type NameKind,
  type UserEvent,
  type UserState,
} from '#directory-domain';
import { type EventCodec, groupStream, userStream } from '#event-catalog';
import type { EventStore } from '#event-store';
import { AggregateLoader } from './aggregate-loader.js';
import type { Sleep } from './append-until-known.js';
import { DirectoryCommands } from './directory-commands.js';
import { type MembershipLookup, MembershipReader } from './membership/membership-reader.js';
import { AtomicNameClaims } from './name-claims/atomic-name-claims.js';
import { ClaimStreams } from './name-claims/claim-stream.js';
import { nameKey } from './name-claims/name-key.js';
import { type OwnerStreams, SingleStreamNameClaims } from './name-claims/single-stream-name-claims.js';
import { ResourceWriter } from './resource-writer.js';
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
  const userFold = { initial: absentUser, evolve: evolveUser };
  const groupFold = { initial: absentGroup, evolve: evolveGroup };
  const users = new AggregateLoader<UserState, UserEvent>(store, codec, userFold, remembered);
  const groups = new AggregateLoader<GroupState, GroupEvent>(store, codec, groupFold, remembered);
  const owners: OwnerStreams = {
    stream: ownerStream,
    load: (tenant, kind, id) =>
      kind === 'user-name' ? users.load(userStream(tenant, id)) : groups.load(groupStream(tenant, id)),
  };
  const claims = new ClaimStreams(store, codec, remembered);
  const names = store.capabilities.atomicAcrossStreams
    ? new AtomicNameClaims(claims)
    : new SingleStreamNameClaims(store, codec, claims, owners, sleep);
  const queue = new SerialQueue();
  const hashed = nameHash(nameSecret);
  return new DirectoryCommands(
    new ResourceWriter(store, codec, users, names, 'user-name', queue, sleep, newClaimId, (change) =>
      observer?.userWritten(change),
    ),
    new ResourceWriter(store, codec, groups, names, 'group-display-name', queue, sleep, newClaimId, (change) =>
      observer?.groupWritten(change),
    ),
    new MembershipReader(store, codec, membership),
    {
      userName: ({ tenantId }, name) => hashed(tenantId, 'user-name', name),
      groupDisplayName: ({ tenantId }, name) => hashed(tenantId, 'group-display-name', name),
    },
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

function ownerStream(tenant: TenantId, kind: NameKind, id: ResourceId) {
  return kind === 'user-name' ? userStream(tenant, id) : groupStream(tenant, id);
}
