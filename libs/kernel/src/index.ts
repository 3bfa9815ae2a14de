export type { Brand } from './brand.js';
export { foldCase } from './case-folding.js';
export { type Clock, systemClock } from './clock.js';
export { type CommandId, type ResourceId, type TenantId, parseTenantId } from './ids.js';
export { type JsonObject, type JsonValue, canonicalJson, isJsonObject, jsonEquals } from './json.js';
export { MostRecent } from './most-recent.js';
export { type Result, allOf, err, ok } from './result.js';
export { SerialQueue } from './serial-queue.js';
export { timeOrderedUuid } from './time-ordered-uuid.js';
