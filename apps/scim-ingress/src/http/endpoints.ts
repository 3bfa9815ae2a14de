/** Methods by endpoint, below `/tenants/{tenant}/scim/v2` (RFC 7644 table 2), in any case as for the router. */
const endpoints: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^\/(Users|Groups)$/i, ['GET', 'POST']],
  [/^\/(Users\/|Groups\/)?\.search$/i, ['POST']],
  [/^\/(Users|Groups)\/[^/]+$/i, ['GET', 'PUT', 'PATCH', 'DELETE']],
  [/^\/Bulk$/i, ['POST']],
  [/^\/Me$/i, ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']],
  [/^\/(Schemas|ResourceTypes)(\/[^/]+)?$/i, ['GET']],
  [/^\/ServiceProviderConfig$/i, ['GET']],
];

const base = /^\/tenants\/[^/]+\/scim\/v2(?=\/)/i;

/**
 * The path of a request's target as the router reads it: without the query, without the authority of a target in absolute
 * form (RFC 9112 section 3.2.2), each run of slashes as one.
 */
export function pathOf(url: string): string {
  const end = url.indexOf('?');
  const target = end < 0 ? url : url.slice(0, end);
  const path = target.startsWith('/') ? target : target.replace(/^https?:\/\/[^/]*/i, '');
  return path.includes('//') ? path.replaceAll(/\/{2,}/g, '/') : path;
}

/** @returns the methods an address understands, or undefined where there is no endpoint. */
export function allowedMethods(url: string): readonly string[] | undefined {
  const path = pathOf(url).replace(/\/$/, '');
  if (!base.test(path)) return undefined;
  const below = path.replace(base, '');
  return endpoints.find(([pattern]) => pattern.test(below))?.[1];
}
