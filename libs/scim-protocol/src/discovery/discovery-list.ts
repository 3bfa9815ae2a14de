import type { JsonObject } from '#kernel';
import { listResponseUrn } from '../messages/list-response.js';

/** A ListResponse of all of a discovery endpoint's resources; there is no paging there (RFC 7644 section 4). */
export function discoveryList(resources: JsonObject[]): JsonObject {
  return {
    schemas: [listResponseUrn],
    totalResults: resources.length,
    startIndex: 1,
    itemsPerPage: resources.length,
    Resources: resources,
  };
}
