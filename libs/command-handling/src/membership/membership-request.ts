import type { GroupMember, MembershipStep } from '#directory-domain';

/** What a client wants of a group's members, in the order it said so. */
export type MembershipRequest =
  | MembershipStep
  | { readonly kind: 'replace'; readonly members: readonly GroupMember[] }
  | { readonly kind: 'remove-where'; readonly matches: (member: GroupMember) => boolean };

/** Whether the requests can be decided from the ids they name, without knowing all members. */
export function namesEveryId(requests: readonly MembershipRequest[]): requests is readonly MembershipStep[] {
  return requests.every(({ kind }) => kind === 'add' || kind === 'remove');
}

/** The same requests as additions and removals by id, given everybody who is a member now. */
export function asSteps(
  requests: readonly MembershipRequest[],
  members: ReadonlyMap<string, GroupMember>,
): MembershipStep[] {
  const current = new Map(members);
  return requests.flatMap((request) => {
    const steps = stepsOf(request, current);
    for (const step of steps) apply(step, current);
    return steps;
  });
}

function stepsOf(request: MembershipRequest, current: ReadonlyMap<string, GroupMember>): MembershipStep[] {
  switch (request.kind) {
    case 'add':
    case 'remove':
      return [request];
    case 'replace': {
      const wanted = new Set(request.members.map(({ value }) => value));
      const ids = [...current.keys()].filter((id) => !wanted.has(id));
      return [
        { kind: 'remove', ids },
        { kind: 'add', members: request.members },
      ];
    }
    case 'remove-where': {
      const ids = [...current.values()].filter(request.matches).map(({ value }) => value);
      return [{ kind: 'remove', ids }];
    }
  }
}

function apply(step: MembershipStep, current: Map<string, GroupMember>): void {
  if (step.kind === 'remove') for (const id of step.ids) current.delete(id);
  else for (const member of step.members) if (!current.has(member.value)) current.set(member.value, member);
}
