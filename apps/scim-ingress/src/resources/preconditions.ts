import { err, ok, type Result } from '#kernel';
import type { Revision } from '#event-store';
import { type ScimError, scimError } from '#scim-protocol';

const entityTags = /^\s*(?:W\/)?"(\d{1,15})"\s*$/;

/**
 * The revision a write is conditional on (RFC 7644 section 3.14). Weak and strong tags are the same here; `*` and no
 * header are no condition. Of several tags the write would need to match one: only a single one is supported.
 *
 * @returns an error for a tag this server never made.
 */
export function requiredRevision(ifMatch: string | undefined): Result<Revision | undefined, ScimError> {
  if (ifMatch === undefined || ifMatch.trim() === '*') return ok(undefined);
  const [, revision] = entityTags.exec(ifMatch) ?? [];
  if (revision !== undefined) return ok(Number(revision) as Revision);
  return err(scimError('versionUnknown', { tag: ifMatch }));
}

/** Whether the client has this version already (RFC 9110 section 13.1.2). */
export function isKnownVersion(ifNoneMatch: string | undefined, revision: number): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.split(',').some((tag) => tag.trim() === '*' || Number(entityTags.exec(tag)?.[1]) === revision);
}
