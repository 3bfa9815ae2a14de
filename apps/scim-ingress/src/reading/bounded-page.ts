import { ok, type Result } from '#kernel';
import type { DirectoryQuery, ListedResource, ResourcePage } from '#directory-view';
import type { ScimError } from '#scim-protocol';

export interface BoundedPage extends ResourcePage {
  /** The resources as they are answered. */
  readonly texts: readonly string[];
}

/**
 * Reads a page, and where it would be too long a shorter one, so that its cursors lead to what it leaves out.
 *
 * @param complete answers the texts of the first resources, of at least one, as many as may be on one page.
 */
export async function readBoundedPage(
  query: DirectoryQuery,
  list: (query: DirectoryQuery) => Promise<Result<ResourcePage, ScimError>>,
  complete: (resources: readonly ListedResource[]) => Promise<string[]>,
): Promise<Result<BoundedPage, ScimError>> {
  const { page } = query;
  // A page that is read backwards is cut at its beginning, which is further from the cursor.
  const isBackwards = page.kind === 'cursor' && page.from?.direction === 'before';
  for (let { count } = page; ;) {
    const found = await list({ ...query, page: { ...page, count } });
    if (!found.ok) return found;
    const { resources } = found.value;
    const texts = await complete(isBackwards ? resources.toReversed() : resources);
    if (texts.length === resources.length) return ok({ ...found.value, texts: isBackwards ? texts.reverse() : texts });
    count = texts.length;
  }
}
