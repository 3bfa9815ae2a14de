import { type JsonObject, type JsonValue } from '#kernel';

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

export interface ScimRequest {
  readonly method: Method;
  /** Below the tenant URL, with its query: `/Users/42`. */
  readonly path: string;
  readonly body?: JsonObject;
  /** Statuses that are a good answer to this request. */
  readonly accept: readonly number[];
}

export interface ScimAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
  /** The parsed body; undefined where it is empty or not JSON. */
  readonly body: JsonValue | undefined;
  /** How many times the request was sent until this answer came. */
  readonly attempts: number;
}

/** A request that did not get a good answer, after its retries, or an answer that was found wrong. */
export interface Failure {
  readonly phase: string;
  readonly method: Method;
  readonly path: string;
  /** Undefined where no answer came: then nobody knows whether the server did what was asked. */
  readonly status: number | undefined;
  /** The server's own words where it had any. */
  readonly words: string;
}

export function get(path: string): ScimRequest {
  return { method: 'GET', path, accept: [200] };
}

/** 409 is an answer to judge, not a failure at once: a repeated POST meets the resource its first sending made. */
export function post(path: string, body: JsonObject): ScimRequest {
  return { method: 'POST', path, body, accept: [201, 409] };
}

export function patch(path: string, body: JsonObject): ScimRequest {
  return { method: 'PATCH', path, body, accept: [200, 204] };
}

/** 404 means that the resource is gone already, which is what was asked for. */
export function remove(path: string): ScimRequest {
  return { method: 'DELETE', path, accept: [204, 404] };
}
