import type { GroupMember } from '#directory-domain';
import type { DirectoryEvent } from '#event-catalog';

/** How members of a group came and went from one revision of its stream on: of every id the last change. */
export class MembershipTail {
  readonly #changes = new Map<string, { readonly at: number; readonly member: GroupMember | undefined }>();
  #next: number;

  /** @param from the first revision it knows of. */
  constructor(readonly from: number) {
    this.#next = from;
  }

  /** The first revision it does not know yet. */
  get next(): number {
    return this.#next;
  }

  /** Takes in the event at revision `next`. */
  add(event: DirectoryEvent): void {
    const at = this.#next++;
    if (event.type !== 'GroupMembershipChanged') return;
    for (const id of event.data.removed) this.#changes.set(id, { at, member: undefined });
    for (const member of event.data.added) this.#changes.set(member.value, { at, member });
  }

  /** Applies to members as of the revision before `since` what happened from there on; to some ids only, or to all. */
  bringUpToDate(members: Map<string, GroupMember>, since: number, ids: Iterable<string> = this.#changes.keys()): void {
    for (const id of ids) {
      const change = this.#changes.get(id);
      if (change === undefined || change.at < since) continue;
      if (change.member) members.set(id, change.member);
      else members.delete(id);
    }
  }
}
