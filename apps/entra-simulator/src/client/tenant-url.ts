import { err, ok, type Result } from '#kernel';

/** The "Tenant URL" an admin types: where requests go and what they all carry along. */
export interface TenantUrl {
  readonly origin: string;
  /** Path without a trailing slash. */
  readonly basePath: string;
  /** Query of the tenant URL without `?`, for example `aadOptscim062020`; it leaks into every request. */
  readonly query: string;
}

export function parseTenantUrl(text: string): Result<TenantUrl, string> {
  const url = URL.parse(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    return err(`"${text}" is not a tenant URL: expected http(s)://host/.../scim/v2`);
  }
  return ok({ origin: url.origin, basePath: url.pathname.replace(/\/+$/, ''), query: url.search.slice(1) });
}

/** Path and query of one request on the wire. */
export function requestTarget(tenant: TenantUrl, path: string): string {
  const { basePath, query } = tenant;
  if (query === '') return basePath + path;
  return basePath + (path.includes('?') ? path.replace('?', () => `?${query}&`) : `${path}?${query}`);
}

/** Where a user lives, as reference attributes name it. */
export function resourceLocation(tenant: TenantUrl, path: string): string {
  return tenant.origin + tenant.basePath + path;
}
