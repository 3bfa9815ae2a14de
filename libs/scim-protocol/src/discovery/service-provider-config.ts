import type { JsonObject } from '#kernel';

export interface ServiceLimits {
  /** Operations in one bulk request. */
  readonly bulkOperations: number;
  /** Bytes of one bulk request. */
  readonly bulkPayload: number;
  /** Resources in a page where the client names no `count`. */
  readonly defaultPageSize: number;
  /** Resources in the largest page, whatever `count` says. */
  readonly maxPageSize: number;
}

/**
 * Body of `GET /ServiceProviderConfig` (RFC 7643 section 5, `pagination` of RFC 9865 section 4). Without `cursorTimeout`:
 * cursors do not expire.
 *
 * @param baseUrl the tenant's SCIM base, without a slash at its end.
 */
export function serviceProviderConfig(limits: ServiceLimits, baseUrl: string): JsonObject {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
    patch: { supported: true },
    bulk: { supported: true, maxOperations: limits.bulkOperations, maxPayloadSize: limits.bulkPayload },
    filter: { supported: true, maxResults: limits.maxPageSize },
    changePassword: { supported: false },
    sort: { supported: true },
    etag: { supported: true },
    pagination: {
      cursor: true,
      index: true,
      defaultPaginationMethod: 'index',
      defaultPageSize: limits.defaultPageSize,
      maxPageSize: limits.maxPageSize,
    },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'OAuth Bearer Token',
        description: 'The long-lived secret token of the tenant.',
        specUri: 'https://www.rfc-editor.org/info/rfc6750',
        primary: true,
      },
    ],
    meta: { resourceType: 'ServiceProviderConfig', location: `${baseUrl}/ServiceProviderConfig` },
  };
}
