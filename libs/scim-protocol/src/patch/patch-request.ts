import type { JsonValue } from '#kernel';

/** One operation of a PATCH request (RFC 7644 section 3.5.2). */
export interface PatchOperation {
  /** Its place in the request's `Operations`, from 0; kept when operations are set apart, for error details. */
  readonly index: number;
  readonly op: 'add' | 'replace' | 'remove';
  /** Not there: `value` is an object whose keys are paths. Always there with `remove`. */
  readonly path?: string;
  /** Always there with `add` and `replace`; with `remove` what is to go of a list, never null. */
  readonly value?: JsonValue;
}

export interface PatchRequest {
  readonly operations: readonly PatchOperation[];
}
