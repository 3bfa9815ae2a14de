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
  /** Seconds for which a cursor can be used. */
  readonly cursorTimeout: number;
}

export interface ServiceAddresses {
  /** The tenant's SCIM base, without a slash at its end. */
  readonly baseUrl: string;
  /** Where people read how to connect. */
  readonly documentation: string;
}

/** Body of `GET /ServiceProviderConfig` (RFC 7643 section 5, `pagination` of RFC 9865 section 4). */
export function serviceProviderConfig(limits: ServiceLimits, { baseUrl, documentation }: ServiceAddresses): JsonObject {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
    documentationUri: documentation,
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
      cursorTimeout: limits.cursorTimeout,
    },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'OAuth Bearer Token',
        description: 'A bearer token: the long-lived secret token of the tenant, or one from its OAuth token endpoint.',
        specUri: 'https://www.rfc-editor.org/info/rfc6750',
        documentationUri: documentation,
        primary: true,
      },
    ],
    meta: { resourceType: 'ServiceProviderConfig', location: `${baseUrl}/ServiceProviderConfig` },
  };
}
