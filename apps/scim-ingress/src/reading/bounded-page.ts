import { err, ok, type Result } from '#kernel';
import type { DirectoryQuery, ListedResource, ResourcePage } from '#directory-view';
import { type ScimError, scimError } from '#scim-protocol';

export interface BoundedPage extends ResourcePage {
  /** The resources as they are answered. */
  readonly texts: readonly string[];
}

/** How often a page is read of which a resource is gone before it is shown. Each time somebody has deleted another one. */
const mostReadings = 5;

/**
 * Reads a page, and where it would be too long a shorter one, so that its cursors lead to what it leaves out.
 *
 * @param complete answers the texts of the first resources, of at least one, as many as may be on one page; undefined where
 *   one of them is gone by now, and the page is another.
 */
export async function readBoundedPage(
  query: DirectoryQuery,
  list: (query: DirectoryQuery) => Promise<Result<ResourcePage, ScimError>>,
  complete: (resources: readonly ListedResource[]) => Promise<string[] | undefined>,
): Promise<Result<BoundedPage, ScimError>> {
  const { page } = query;
  // A page that is read backwards is cut at its beginning, which is further from the cursor.
  const isBackwards = page.kind === 'cursor' && page.from?.direction === 'before';
  for (let { count } = page, gone = 0; gone < mostReadings;) {
    const found = await list({ ...query, page: { ...page, count } });
    if (!found.ok) return found;
    const { resources } = found.value;
    const texts = await complete(isBackwards ? resources.toReversed() : resources);
    if (!texts) {
      gone++;
      continue;
    }
    if (texts.length === resources.length) return ok({ ...found.value, texts: isBackwards ? texts.reverse() : texts });
    count = texts.length;
  }
  return err(scimError('viewLate'));
}

/**
 * Refuses a page that ends before `count` and before the list does, for clients that page by index: many add `count` to
 * `startIndex`, not `itemsPerPage`, and would take what they skip for deleted. A cursor leads to what a short page leaves
 * out, so there it may end where it likes.
 */
export function refuseShortPage(
  { startIndex, count }: { readonly startIndex: number; readonly count: number },
  { totalResults, texts }: { readonly totalResults: number; readonly texts: readonly string[] },
): ScimError | undefined {
  const isWhole = texts.length >= Math.min(count, totalResults - (startIndex - 1));
  return isWhole ? undefined : scimError('pageTooLarge', { count: texts.length });
}
