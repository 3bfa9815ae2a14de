/** Methods by endpoint, below `/tenants/{tenant}/scim/v2` (RFC 7644 table 2). */
const endpoints: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^\/(Users|Groups)$/, ['GET', 'POST']],
  [/^\/(Users\/|Groups\/)?\.search$/, ['POST']],
  [/^\/(Users|Groups)\/[^/]+$/, ['GET', 'PUT', 'PATCH', 'DELETE']],
  [/^\/Bulk$/, ['POST']],
  [/^\/Me$/, ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']],
  [/^\/(Schemas|ResourceTypes)(\/[^/]+)?$/, ['GET']],
  [/^\/ServiceProviderConfig$/, ['GET']],
];

const base = /^\/tenants\/[^/]+\/scim\/v2(?=\/)/;

/** @returns the methods an address understands, or undefined where there is no endpoint. */
export function allowedMethods(url: string): readonly string[] | undefined {
  const path = (url.split('?')[0] ?? '').replaceAll(/\/{2,}/g, '/').replace(/\/$/, '');
  if (!base.test(path)) return undefined;
  const below = path.replace(base, '');
  return endpoints.find(([pattern]) => pattern.test(below))?.[1];
}
