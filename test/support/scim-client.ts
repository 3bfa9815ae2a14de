import { Pool } from 'undici';
import type { JsonObject } from '#kernel';

export interface ScimReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The raw text of the body. */
  readonly text: string;
  /** The body as JSON; an empty object where there is none. */
  readonly body: JsonObject;
}

export interface RequestOptions {
  /** Beside those Entra sends, or in place of them; undefined leaves one out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** An object is sent as JSON, a text or bytes as they are. */
  readonly body?: unknown;
}

export const entraContentType = 'application/scim+json; charset=utf-8';

/** Sends requests to one tenant the way Entra does. */
export class ScimClient {
  readonly #pool: Pool;
  readonly #base: string;

  constructor(
    tenantUrl: string,
    private readonly token: string,
    connections = 8,
  ) {
    const { origin, pathname } = new URL(tenantUrl);
    this.#pool = new Pool(origin, { connections, pipelining: 1 });
    this.#base = pathname;
  }

  get = (path: string, options?: RequestOptions) => this.send('GET', path, options);
  delete = (path: string, options?: RequestOptions) => this.send('DELETE', path, options);
  post = (path: string, body: unknown, options?: RequestOptions) => this.send('POST', path, { ...options, body });
  put = (path: string, body: unknown, options?: RequestOptions) => this.send('PUT', path, { ...options, body });
  patch = (path: string, body: unknown, options?: RequestOptions) => this.send('PATCH', path, { ...options, body });

  /** A filter query, encoded as Entra encodes it: form style, spaces as `+`. */
  find(endpoint: string, filter: string, others: Readonly<Record<string, string>> = {}): Promise<ScimReply> {
    return this.get(`${endpoint}?${new URLSearchParams({ ...others, filter }).toString()}`);
  }

  /** @param path below the tenant's base URL. */
  async send(method: string, path: string, { headers = {}, body }: RequestOptions = {}): Promise<ScimReply> {
    const payload = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
    const reply = await this.#pool.request({
      method,
      path: `${this.#base}${path}`,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body !== undefined && { 'content-type': entraContentType }),
        ...headers,
      },
      ...(body !== undefined && { body: payload }),
    });
    const text = await reply.body.text();
    return {
      status: reply.statusCode,
      headers: reply.headers,
      text,
      body: text === '' ? {} : (JSON.parse(text) as JsonObject),
    };
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}

/** A PATCH body with these operations. */
export function patchOp(...operations: readonly object[]): object {
  return { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: operations };
}
