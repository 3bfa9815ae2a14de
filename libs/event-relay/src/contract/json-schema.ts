import type { JsonObject } from '#kernel';

/** JSON Schema, as far as AsyncAPI takes it (draft 7). */
export type JsonSchema = JsonObject;

export const text: JsonSchema = { type: 'string' };
export const instant: JsonSchema = { type: 'string', format: 'date-time' };

/** An object with these properties, all there but for the optional ones, and perhaps others in later releases. */
export function record(
  properties: Readonly<Record<string, JsonSchema>>,
  optional: Readonly<Record<string, JsonSchema>> = {},
): JsonSchema {
  return { type: 'object', required: Object.keys(properties), properties: { ...properties, ...optional } };
}

export const listOf = (items: JsonSchema): JsonSchema => ({ type: 'array', items });

export const described = (description: string, schema: JsonSchema): JsonSchema => ({ description, ...schema });
