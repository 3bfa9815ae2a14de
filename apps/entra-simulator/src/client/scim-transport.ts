import { type JsonValue } from '#kernel';
import { Pool } from 'undici';
import { type ScimAnswer, type ScimRequest } from './scim-request.js';
import { requestTarget, type TenantUrl } from './tenant-url.js';

const mediaType = 'application/scim+json; charset=utf-8';

export interface TransportOptions {
  readonly tenant: TenantUrl;
  readonly token: string;
  /** Kept-alive connections, each with one request at a time. */
  readonly connections: number;
  readonly timeoutMs: number;
}

/** One attempt at a request: what came back, or why nothing did. */
export type Exchange =
  | { readonly answered: true; readonly answer: Omit<ScimAnswer, 'attempts'>; readonly retryAfter: string | undefined }
  | { readonly answered: false; readonly reason: string };

/** Sends requests as Entra does: HTTP/1.1, keep-alive, bearer token, the SCIM media type on every body. */
export class ScimTransport {
  readonly #options: TransportOptions;
  readonly #pool: Pool;

  constructor(options: TransportOptions) {
    this.#options = options;
    this.#pool = new Pool(options.tenant.origin, {
      connections: options.connections,
      pipelining: 1,
      headersTimeout: options.timeoutMs,
      bodyTimeout: options.timeoutMs,
      connect: { timeout: options.timeoutMs },
    });
  }

  async exchange(request: ScimRequest): Promise<Exchange> {
    try {
      const { statusCode, headers, body } = await this.#pool.request({
        method: request.method,
        path: requestTarget(this.#options.tenant, request.path),
        headers: this.#headers(request),
        ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
      });
      const text = await body.text();
      const contentType = oneValue(headers['content-type']) ?? '';
      return {
        answered: true,
        answer: { status: statusCode, contentType, text, body: parseJson(text) },
        retryAfter: oneValue(headers['retry-after']),
      };
    } catch (error) {
      return { answered: false, reason: describe(error) };
    }
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  #headers(request: ScimRequest): Record<string, string> {
    const authorization = `Bearer ${this.#options.token}`;
    return request.body === undefined ? { authorization } : { authorization, 'content-type': mediaType };
  }
}

function oneValue(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return error.message === '' ? code : `${code}: ${error.message}`;
}
