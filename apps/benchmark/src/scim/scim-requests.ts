import { basePath, bearerToken } from './tenant.js';

const commonHeaders = `Host: 127.0.0.1\r\nAuthorization: Bearer ${bearerToken}\r\n`;
const contentType = 'Content-Type: application/scim+json; charset=utf-8\r\n';

/** Requests as bytes, with the headers Entra sends. Paths are below the tenant's base URL. */
export function get(path: string): Buffer {
  return Buffer.from(`GET ${basePath}${path} HTTP/1.1\r\n${commonHeaders}\r\n`);
}

export function remove(path: string): Buffer {
  return Buffer.from(`DELETE ${basePath}${path} HTTP/1.1\r\n${commonHeaders}\r\n`);
}

export function post(path: string, body: string): Buffer {
  return withBody('POST', path, body);
}

export function patch(path: string, ...operations: readonly object[]): Buffer {
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];
  return withBody('PATCH', path, JSON.stringify({ schemas, Operations: operations }));
}

/** Users with this name, asked as Entra asks: form style, spaces as `+`. */
export function userNamed(userName: string): string {
  return `/Users?filter=userName+eq+%22${encodeURIComponent(userName)}%22`;
}

/** Groups with this name, without their members. */
export function groupNamed(displayName: string): string {
  return `/Groups?excludedAttributes=members&filter=displayName+eq+%22${encodeURIComponent(displayName)}%22`;
}

/** The id of the first resource in an answer, read without parsing it. */
export function idIn(body: Buffer): string {
  const key = '"id":"';
  const start = body.indexOf(key) + key.length;
  return body.toString('latin1', start, body.indexOf('"', start));
}

function withBody(method: string, path: string, body: string): Buffer {
  const length = `Content-Length: ${Buffer.byteLength(body)}\r\n`;
  return Buffer.from(`${method} ${basePath}${path} HTTP/1.1\r\n${commonHeaders}${contentType}${length}\r\n${body}`);
}
