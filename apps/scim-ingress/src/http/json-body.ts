import { isAscii, isUtf8 } from 'node:buffer';
import { err, isJsonObject, type JsonObject, ok, type Result } from '#kernel';
import { type ScimError, scimError } from '#scim-protocol';
import { deepestNesting, mostKeys, mostValues, type ShapeProblem, shapeProblem } from './json-shape.js';

/** Reads a request body (RFC 8259). What is wrong with it is said without repeating it. */
export function readJsonBody(body: unknown): Result<JsonObject, ScimError> {
  if (!Buffer.isBuffer(body) || body.length === 0) return err(invalid('it is empty'));
  const text = textOf(body);
  if (text === undefined) return err(invalid('it is not UTF-8'));
  const problem = shapeProblem(text);
  if (problem !== undefined) return err(refusal(problem));
  let value: unknown;
  try {
    value = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch (error) {
    return err(invalid(positionOf(error)));
  }
  return isJsonObject(value) ? ok(value) : err(scimError('bodyNotObject'));
}

/** @returns undefined where the bytes are no text. */
function textOf(body: Buffer): string | undefined {
  // Most bodies are ASCII, whose bytes need no decoding.
  if (isAscii(body)) return body.toString('latin1');
  return isUtf8(body) ? body.toString('utf8') : undefined;
}

function refusal(problem: ShapeProblem): ScimError {
  switch (problem) {
    case 'too deep':
      return invalid(`it is nested deeper than ${deepestNesting} levels`);
    case 'too many keys':
      return scimError('invalidValue', {
        reason: `An object in the request body has more than ${mostKeys} keys. Send only attributes that /Schemas lists`,
      });
    case 'too many values':
      return scimError('payloadTooLarge', {
        reason: `The request body has more than ${mostValues} values. Send them in several requests`,
      });
  }
}

function invalid(reason: string): ScimError {
  return scimError('bodyNotJson', { reason });
}

/** V8 quotes the text around an error, which may be a secret; only the place is passed on. */
function positionOf(error: unknown): string {
  const [place] = /at position \d+/.exec(String(error)) ?? [];
  return place === undefined ? 'it ends too early or is malformed' : `there is a mistake ${place}`;
}
