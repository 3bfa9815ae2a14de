import type { JsonObject, ResourceId, TenantId } from '#kernel';
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
import { type DirectoryEvent, groupStream, userStream } from '#event-catalog';
import type { StreamName } from '#event-store';
import type { Fold } from './aggregate-loader.js';

/** Resources that have names, each one of its own. */
export interface NamedType {
  readonly nameKind: NameKind;
  /** The attribute that holds the name; every resource of the type has it. */
  readonly nameAttribute: string;
}

/** In what users and groups differ for whoever loads and writes them. */
export interface AggregateType<State, Event extends DirectoryEvent> extends Fold<State, Event>, NamedType {
  readonly stream: (tenant: TenantId, id: ResourceId) => StreamName;
}

export const userAggregate: AggregateType<UserState, UserEvent> = {
  initial: absentUser,
  evolve: evolveUser,
  stream: userStream,
  nameKind: 'user-name',
  nameAttribute: 'userName',
};

export const groupAggregate: AggregateType<GroupState, GroupEvent> = {
  initial: absentGroup,
  evolve: evolveGroup,
  stream: groupStream,
  nameKind: 'group-display-name',
  nameAttribute: 'displayName',
};

/** The name that stands in the attributes of a resource. */
export function nameIn({ nameAttribute }: NamedType, attributes: JsonObject): string {
  return attributes[nameAttribute] as string;
}
