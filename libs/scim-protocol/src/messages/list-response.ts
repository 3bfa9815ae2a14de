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

/**
 * JSON text of a page (RFC 7644 section 3.4.2, RFC 9865 section 2), joined from resources that are text already. Its few
 * numbers are joined too, which is quicker than to make an object of them first.
 */
export function renderListResponse(page: ListResponse): string {
  const { totalResults, startIndex, nextCursor, previousCursor, resources } = page;
  return (
    `{"schemas":["${listResponseUrn}"],"totalResults":${totalResults}${member('startIndex', startIndex)},` +
    `"itemsPerPage":${resources.length}${member('previousCursor', previousCursor)}${member('nextCursor', nextCursor)},` +
    `"Resources":[${resources.join(',')}]}`
  );
}

function member(name: keyof ListResponse, value: string | number | undefined): string {
  return value === undefined ? '' : `,"${name}":${JSON.stringify(value)}`;
}
