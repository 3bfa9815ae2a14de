export const listResponseUrn = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';

export interface ListResponse {
  /** All matches, not only those of this page. */
  readonly totalResults: number;
  /** From 1; for index paging. */
  readonly startIndex?: number | undefined;
  readonly nextCursor?: string | undefined;
  readonly previousCursor?: string | undefined;
  /** JSON texts of the page's resources. */
  readonly resources: readonly string[];
}

/** JSON text of a page (RFC 7644 section 3.4.2, RFC 9865 section 2), joined from resources that are text already. */
export function renderListResponse({ resources, ...page }: ListResponse): string {
  const head = JSON.stringify({
    schemas: [listResponseUrn],
    totalResults: page.totalResults,
    startIndex: page.startIndex,
    itemsPerPage: resources.length,
    previousCursor: page.previousCursor,
    nextCursor: page.nextCursor,
  });
  return `${head.slice(0, -1)},"Resources":[${resources.join(',')}]}`;
}
