import { err, ok, type ResourceId, type Result } from '#kernel';
import type { CommandResult, WriteRefusal, Written } from '#command-handling';
import type { ProvisionedGroup, ProvisionedUser } from '#directory-domain';
import { entityTag, nameAttributes, type ResourceTypeName, type ScimError, scimError } from '#scim-protocol';

/** Of refusals: not found, name taken, version mismatch. */
const toldStatuses: ReadonlySet<number> = new Set([404, 409, 412]);

export type ProvisionedResource = ProvisionedUser | ProvisionedGroup;

/** What a write left behind. */
export interface WrittenResource<State = unknown> extends Written<State> {
  readonly id: ResourceId;
}

export type WriteAnswer<State = unknown> = Result<WrittenResource<State>, ScimError>;

/**
 * Whether an answer tells what was found in the log: what stands in the way, is gone, or was so already. It may be another
 * node's write, and a read that begins then has to show it.
 */
export function tellsOfLog(answer: WriteAnswer): boolean {
  return answer.ok ? answer.value.position === undefined : toldStatuses.has(answer.error.status);
}

/** What the client wanted to write. */
interface WriteTarget {
  readonly type: ResourceTypeName;
  readonly id: ResourceId;
}

/** Says in SCIM's words what came of a command. */
export function writeAnswer<State>(target: WriteTarget, result: CommandResult<State, ScimError>): WriteAnswer<State> {
  if (result.ok) return ok({ id: target.id, ...result.value });
  return err('reason' in result.error ? refusalInScim(target, result.error) : result.error);
}

function refusalInScim({ type, id }: WriteTarget, refusal: WriteRefusal): ScimError {
  switch (refusal.reason) {
    case 'not-found':
      return scimError('notFound', { resourceType: type, id });
    case 'name-taken':
      return scimError('nameTaken', { path: nameAttributes[type], value: refusal.name, resourceType: type });
    case 'version-mismatch':
      return scimError('versionMismatch', { actual: entityTag(refusal.actual) });
  }
}
