import { isUtf8 } from 'node:buffer';
import { err, isJsonObject, type JsonObject, ok, type Result } from '#kernel';
import { type ScimError, scimError } from '#scim-protocol';

/** Deepest nesting of lists and objects in a body. SCIM needs six; the rest is headroom for custom schemas. */
const deepestNesting = 32;

/** Reads a request body (RFC 8259). What is wrong with it is said without repeating it. */
export function readJsonBody(body: unknown): Result<JsonObject, ScimError> {
  if (!Buffer.isBuffer(body) || body.length === 0) return err(invalid('it is empty'));
  if (!isUtf8(body)) return err(invalid('it is not UTF-8'));
  const text = body.toString('utf8');
  if (nestsTooDeep(text)) return err(invalid(`it is nested deeper than ${deepestNesting} levels`));
  let value: unknown;
  try {
    value = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch (error) {
    return err(invalid(positionOf(error)));
  }
  return isJsonObject(value) ? ok(value) : err(scimError('bodyNotObject'));
}

function invalid(reason: string): ScimError {
  return scimError('bodyNotJson', { reason });
}

/** V8 quotes the text around an error, which may be a secret; only the place is passed on. */
function positionOf(error: unknown): string {
  const [place] = /at position \d+/.exec(String(error)) ?? [];
  return place === undefined ? 'it ends too early or is malformed' : `there is a mistake ${place}`;
}

/** Counts brackets outside strings, so that the parser never sees a text that would exhaust its stack. */
function nestsTooDeep(text: string): boolean {
  let opening = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x7b || code === 0x5b) opening++;
    if (opening > deepestNesting) return depthOf(text) > deepestNesting;
  }
  return false;
}

function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (inString) {
      if (code === 0x5c) at++;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x7b || code === 0x5b) deepest = Math.max(deepest, ++depth);
    else if (code === 0x7d || code === 0x5d) depth--;
  }
  return deepest;
}
