/** Most operations in one PATCH. Entra sends one per member removed in its RFC dialect; no cap of its is published. */
export const mostPatchOperations = 20_000;

/** Bounds of a bulk request (RFC 7644 section 3.7); also in `/ServiceProviderConfig`. Its bytes bound any other body too. */
export const bulkLimits = { maxOperations: 1_000, maxPayloadSize: 10 * 1024 * 1024 } as const;

/** Bounds of a page; also in `/ServiceProviderConfig`. */
export const pageLimits = { defaultPageSize: 100, maxPageSize: 1_000 } as const;

/** Characters of a page, beyond which it ends, after one resource at least; by index it is refused instead. */
export const mostPageCharacters = 16 * 1024 * 1024;
