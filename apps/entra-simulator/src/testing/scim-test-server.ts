import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { isJsonObject, type JsonObject } from '#kernel';
import { listResponseSchema } from '../wire/schema-uris.js';
import { patchDocument, type PatchFaults, removeMembers } from './patch-document.js';

/** What the server does wrong. */
export interface Faults extends PatchFaults {
  /** Answers instead of the server where it returns something; `attempt` counts the requests so far. */
  readonly intercept?: (request: { method: string; path: string; attempt: number }) => Intercepted | undefined;
  /** Forgets every n-th member it is given, but answers as if it had not. */
  readonly losesEveryNthMember?: number;
  /** Does a write, then breaks the connection instead of answering; judged by the write's number from 1. */
  readonly breaksAfterWrite?: (write: number) => boolean;
}

export interface Intercepted {
  /** Never sends the answer. */
  readonly silent?: boolean;
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

export interface SeenRequest {
  readonly method: string;
  /** Path and query as they came, before any decoding. */
  readonly target: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: JsonObject | undefined;
}

type Kind = 'Users' | 'Groups';

/** A SCIM server in memory for testing the simulator: correct, as far as the simulator goes, unless told otherwise. */
export class ScimTestServer {
  readonly token = 'test-token';
  readonly seen: SeenRequest[] = [];
  readonly resources: Record<Kind, Map<string, JsonObject>> = { Users: new Map(), Groups: new Map() };
  readonly #faults: Faults;
  readonly #http: Server;
  #lastId = 0;
  #membersGiven = 0;
  #writes = 0;

  private constructor(faults: Faults) {
    this.#faults = faults;
    this.#http = createServer((request, response) => void this.#handle(request, response));
  }

  static async start(faults: Faults = {}): Promise<ScimTestServer> {
    const server = new ScimTestServer(faults);
    await new Promise<void>((resolve) => server.#http.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}/scim/v2`;
  }

  /** Stopping twice is as good as once. */
  async stop(): Promise<void> {
    this.#http.closeAllConnections();
    await new Promise((resolve) => this.#http.close(resolve));
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const body = text === '' ? undefined : (JSON.parse(text) as JsonObject);
    const { method = '', url = '', headers } = request;
    this.seen.push({ method, target: url, headers, body });
    const answer =
      this.#faults.intercept?.({ method, path: url, attempt: this.seen.length }) ??
      this.#answer(method, url, body, headers);
    if (answer.silent) return;
    if (method !== 'GET' && this.#faults.breaksAfterWrite?.(++this.#writes)) {
      request.socket.destroy();
      return;
    }
    response.writeHead(answer.status, { 'content-type': 'application/scim+json; charset=utf-8', ...answer.headers });
    response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
  }

  #answer(
    method: string,
    target: string,
    body: JsonObject | undefined,
    headers: IncomingMessage['headers'],
  ): Intercepted {
    if (headers.authorization !== `Bearer ${this.token}`) return error(401, 'the token is unknown');
    const url = new URL(target, 'http://test');
    const [kind, id] = url.pathname.slice('/scim/v2/'.length).split('/') as [Kind, string | undefined];
    if (id === undefined)
      return method === 'POST' ? this.#create(kind, body ?? {}) : this.#list(kind, url.searchParams);
    const resource = this.resources[kind].get(id);
    if (resource === undefined) return error(404, `there is no ${id}`);
    if (method === 'PATCH') return this.#patch(kind, resource, body ?? {});
    if (method === 'DELETE') return this.#delete(kind, id);
    return { status: 200, body: shown(resource, url.searchParams) };
  }

  #create(kind: Kind, body: JsonObject): Intercepted {
    const name = kind === 'Users' ? 'userName' : 'displayName';
    const taken = [...this.resources[kind].values()].some((other) => other[name] === body[name]);
    if (taken) return error(409, `${name} is taken`, 'uniqueness');
    const id = `${kind === 'Users' ? 'u' : 'g'}-${++this.#lastId}`;
    this.resources[kind].set(id, { ...body, id });
    return { status: 201, body: { ...body, id } };
  }

  #patch(kind: Kind, resource: JsonObject, body: JsonObject): Intercepted {
    patchDocument(resource, body, this.#faults);
    if (kind === 'Users') return { status: 200, body: resource };
    this.#loseMembers(resource);
    return { status: 204 };
  }

  #loseMembers(group: JsonObject): void {
    const nth = this.#faults.losesEveryNthMember;
    if (nth !== undefined && Array.isArray(group['members'])) {
      group['members'] = group['members'].filter(() => ++this.#membersGiven % nth !== 0);
    }
  }

  #delete(kind: Kind, id: string): Intercepted {
    this.resources[kind].delete(id);
    for (const group of this.resources.Groups.values()) removeMembers(group, [id]);
    return { status: 204 };
  }

  #list(kind: Kind, query: URLSearchParams): Intercepted {
    const matches = [...this.resources[kind].values()].filter(filterOf(query.get('filter')));
    const startIndex = Number(query.get('startIndex') ?? 1);
    const count = Math.min(Number(query.get('count') ?? 100), 100);
    const resources = matches.slice(startIndex - 1, startIndex - 1 + count).map((match) => shown(match, query));
    const list = { totalResults: matches.length, startIndex, itemsPerPage: resources.length, Resources: resources };
    return { status: 200, body: { schemas: [listResponseSchema], ...list } };
  }
}

function filterOf(filter: string | null): (resource: JsonObject) => boolean {
  if (filter === null) return () => true;
  const clauses = filter.split(' and ').map((clause) => /^(\S+) eq (".*")$/.exec(clause));
  return (resource) =>
    clauses.every((clause) => clause !== null && resource[clause[1] as string] === JSON.parse(clause[2] as string));
}

function shown(resource: JsonObject, query: URLSearchParams): JsonObject {
  if (query.get('excludedAttributes') !== 'members') return resource;
  return Object.fromEntries(Object.entries(resource).filter(([key]) => key !== 'members'));
}

function error(status: number, detail: string, scimType?: string): Intercepted {
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:Error'];
  return { status, body: { schemas, status: String(status), detail, ...(scimType !== undefined && { scimType }) } };
}

/** The values of one query parameter over all requests seen, as they stood on the wire. */
export function rawFilters(seen: readonly SeenRequest[]): string[] {
  return seen.flatMap(({ target }) => /[?&]filter=([^&]*)/.exec(target)?.[1] ?? []);
}

/** Operations of all PATCH requests seen. */
export function operationsSeen(seen: readonly SeenRequest[]): JsonObject[] {
  return seen
    .filter(({ method }) => method === 'PATCH')
    .flatMap(({ body }) => (Array.isArray(body?.['Operations']) ? body['Operations'].filter(isJsonObject) : []));
}
