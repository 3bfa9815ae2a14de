import { type JsonObject, type TenantId, canonicalJson, isJsonObject } from '#kernel';
import {
  type GroupState,
  type UserState,
  absentGroup,
  absentUser,
  evolveGroup,
  evolveUser,
  type GroupEvent,
  type UserEvent,
} from '#directory-domain';
import type { EventEnvelope } from '#event-catalog';
import {
  type ResourceTypeName,
  type SchemaRegistry,
  enterpriseUserSchemaUrn,
  renderResourceHead,
} from '#scim-protocol';
import { indexKey } from '../search/lookup-keys.js';
import { SearchDocuments } from '../search/search-document.js';
import { type ViewDump, dumpLine } from './view-snapshot.js';

interface FoldedResource {
  readonly type: ResourceTypeName;
  readonly id: string;
  state: UserState | GroupState;
  seq: bigint;
  revision: number;
}

interface Interval {
  readonly groupId: string;
  readonly memberId: string;
  type: string | undefined;
  display: string | undefined;
  readonly from: EventEnvelope;
  to?: EventEnvelope;
}

/**
 * What the view of a tenant has to hold after these events, computed in plain memory with the domain's own folds: the
 * oracle for "the view equals a fold of the log".
 *
 * @param events the log up to the view's checkpoint, in order, of any tenants.
 */
export function foldOfLog(registry: SchemaRegistry, tenant: TenantId, events: Iterable<EventEnvelope>): ViewDump {
  const resources = new Map<string, FoldedResource>();
  const intervals: Interval[] = [];
  const provisionedTypes = new Set<ResourceTypeName>();
  for (const envelope of events) {
    if (envelope.metadata.tenantId !== tenant) continue;
    const [, kind, id] = /^scim\.(user|group|name)-[^.]+\.(.+)$/s.exec(envelope.stream) ?? [];
    if (kind === 'name' || id === undefined) continue;
    const type = kind === 'user' ? 'User' : 'Group';
    const resource = foldResource(resources.get(`${type}/${id}`), type, id, envelope);
    resources.set(`${type}/${id}`, resource);
    if (envelope.event.type.endsWith('Provisioned')) provisionedTypes.add(type);
    foldMemberships(intervals, resources, envelope);
  }
  const alive = [...resources.values()].filter(({ state }) => state.status === 'provisioned');
  return {
    ...dumpResources(registry, alive),
    ...dumpIntervals(intervals),
    resource_count: [...provisionedTypes]
      .map((type) => dumpLine([type, String(alive.filter((resource) => resource.type === type).length)]))
      .sort(),
  };
}

function foldResource(
  known: FoldedResource | undefined,
  type: ResourceTypeName,
  id: string,
  { event, position, revision, metadata }: EventEnvelope,
): FoldedResource {
  const before = known ?? { type, id, state: type === 'User' ? absentUser : absentGroup, seq: 0n, revision: 0 };
  const state =
    type === 'User'
      ? evolveUser(before.state as UserState, event as UserEvent, metadata.occurredAt)
      : evolveGroup(before.state, event as GroupEvent, metadata.occurredAt);
  return { ...before, state, revision, seq: event.type.endsWith('Provisioned') ? position : before.seq };
}

function foldMemberships(
  intervals: Interval[],
  resources: ReadonlyMap<string, FoldedResource>,
  envelope: EventEnvelope,
): void {
  const { event } = envelope;
  const open = (groupId: string) => intervals.filter((interval) => interval.groupId === groupId && !interval.to);
  if (event.type === 'GroupDeprovisioned') {
    for (const interval of open(event.data.groupId)) interval.to = envelope;
  }
  if (event.type !== 'GroupMembershipChanged') return;
  const { groupId, added, removed } = event.data;
  for (const interval of open(groupId)) if (removed.includes(interval.memberId)) interval.to = envelope;
  for (const { value: memberId, type = typeOf(resources, memberId), display } of added) {
    const present = open(groupId).find((interval) => interval.memberId === memberId);
    if (present) Object.assign(present, { type, display });
    else intervals.push({ groupId, memberId, type, display, from: envelope });
  }
}

function typeOf(resources: ReadonlyMap<string, FoldedResource>, id: string): ResourceTypeName | undefined {
  const types = ['User', 'Group'] as const;
  return types.find((type) => resources.get(`${type}/${id}`)?.state.status === 'provisioned');
}

function dumpResources(
  registry: SchemaRegistry,
  alive: readonly FoldedResource[],
): Pick<ViewDump, 'resource' | 'user_email'> {
  const documents = new SearchDocuments(registry);
  const emails = new Set<string>();
  const rows = alive.map(({ type, id, state, seq, revision }) => {
    if (state.status !== 'provisioned') throw new Error('Only provisioned resources have rows.');
    const { attributes: document, created, lastModified } = state;
    const search = documents.of(type, document);
    if (type === 'User') for (const key of emailsIn(search)) emails.add(dumpLine([key, id]));
    const head = renderResourceHead(registry, { type, id, document, created, lastModified, revision });
    const times = [new Date(created).toISOString(), new Date(lastModified).toISOString()];
    const text = (value: unknown) => (typeof value === 'string' ? value : null);
    const enterprise = search[enterpriseUserSchemaUrn];
    const employeeNumber = isJsonObject(enterprise) ? text(enterprise['employeeNumber']) : null;
    const lookups = [search['userName'], search['externalId'], search['displayName']].map(text);
    const texts = [head, canonicalJson(search), text(document['displayName'])];
    return dumpLine([type, id, String(seq), String(revision), ...times, ...texts, ...lookups, employeeNumber]);
  });
  return { resource: rows.sort(), user_email: [...emails].sort() };
}

function emailsIn(search: JsonObject): string[] {
  const emails = Array.isArray(search['emails']) ? search['emails'] : [];
  return emails.flatMap((email) =>
    isJsonObject(email) && typeof email['value'] === 'string' ? [indexKey(email['value'])] : [],
  );
}

function dumpIntervals(intervals: readonly Interval[]): Pick<ViewDump, 'membership' | 'membership_interval'> {
  const open = intervals.filter(({ to }) => !to);
  const ended = intervals.flatMap(({ to, ...interval }) => (to ? [{ ...interval, to }] : []));
  const at = ({ metadata }: EventEnvelope) => String(metadata.occurredAt);
  return {
    membership: open
      .map(({ groupId, memberId, type = null, display = null, from }) =>
        dumpLine([groupId, memberId, type, display, String(from.position), at(from)]),
      )
      .sort(),
    membership_interval: ended
      .map(({ groupId, memberId, from, to }) =>
        dumpLine([groupId, memberId, String(from.position), String(to.position), at(from), at(to)]),
      )
      .sort(),
  };
}
