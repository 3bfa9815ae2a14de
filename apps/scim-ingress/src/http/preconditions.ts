import { err, ok, type Result } from '#kernel';
import type { Revision } from '#event-store';
import { type ScimError, scimError } from '#scim-protocol';

/** A tag as this server makes them, weak or strong. */
const ownTag = /^\s*(?:W\/)?"(\d{1,15})"\s*$/;

/**
 * The revisions a write is conditional on: it needs to meet one of them (RFC 9110 section 13.1.1, RFC 7644 section 3.14).
 * Weak and strong tags are the same here; `*` and no header are no condition. Tags this server never made match nothing.
 * `If-None-Match: *` lets no change of what there is through (RFC 9110 section 13.1.2); one with tags is for GET only.
 *
 * @returns an error where no tag is one this server made.
 */
export function requiredRevisions(
  ifMatch: string | undefined,
  ifNoneMatch?: string,
): Result<ReadonlySet<Revision> | undefined, ScimError> {
  if (isAnyKnown(ifNoneMatch)) return ok(new Set());
  if (ifMatch === undefined || ifMatch.trim() === '*') return ok(undefined);
  const revisions = ifMatch.split(',').flatMap((tag) => {
    const [, revision] = ownTag.exec(tag) ?? [];
    return revision === undefined ? [] : [Number(revision) as Revision];
  });
  return revisions.length > 0 ? ok(new Set(revisions)) : err(scimError('versionUnknown', { tag: ifMatch }));
}

/** Whether the client wants no version, whichever there is (RFC 9110 section 13.1.2). */
export function isAnyKnown(ifNoneMatch: string | undefined): boolean {
  return ifNoneMatch?.trim() === '*';
}

/** Whether the client has this version already (RFC 9110 section 13.1.2). */
export function isKnownVersion(ifNoneMatch: string | undefined, revision: number): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.split(',').some((tag) => Number(ownTag.exec(tag)?.[1]) === revision);
}
