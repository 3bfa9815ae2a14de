import { errorBody } from '../messages/error-body.js';
import type { ScimError } from '../errors/scim-error.js';
import type { BulkMethod } from './bulk-request.js';

/** What came of one operation of a bulk request. */
export interface BulkResult {
  readonly method: BulkMethod | undefined;
  readonly bulkId: string | undefined;
  /** Address of the resource; undefined where none was created or meant. */
  readonly location?: string | undefined;
  /** Entity tag after the operation. */
  readonly version?: string | undefined;
  /** The HTTP status of the operation sent alone, or why it failed. */
  readonly outcome: { readonly status: number } | ScimError;
}

/** JSON text of the answer to a bulk request (RFC 7644 section 3.7.3). Bodies are given for errors only. */
export function renderBulkResponse(results: readonly BulkResult[]): string {
  return JSON.stringify({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkResponse'],
    Operations: results.map(({ method, bulkId, location, version, outcome }) => ({
      method,
      bulkId,
      version,
      location,
      status: String(outcome.status),
      response: 'code' in outcome ? errorBody(outcome) : undefined,
    })),
  });
}
