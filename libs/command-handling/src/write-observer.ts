import type { ResourceId, TenantId } from '#kernel';
import type { GroupEvent, GroupState, UserEvent, UserState } from '#directory-domain';
import type { Position } from '#event-store';

/** What was appended to one resource's stream, and what the resource was before and is after it. */
export interface LoggedChange<State, Event> {
  readonly tenantId: TenantId;
  readonly id: ResourceId;
  readonly before: State;
  readonly after: State;
  readonly events: readonly Event[];
  /** Of the last of the events. */
  readonly position: Position;
}

/**
 * Hears of every change that this process makes, in the turn in which the append was answered: whoever learns of the
 * change by its answer learns of it later. Must not throw.
 */
export interface WriteObserver {
  userWritten(change: LoggedChange<UserState, UserEvent>): void;
  groupWritten(change: LoggedChange<GroupState, GroupEvent>): void;
}
