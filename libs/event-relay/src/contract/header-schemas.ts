import { described, instant, type JsonSchema, record, text } from './json-schema.js';

const origin = (type: string) => ({
  ce_specversion: { const: '1.0' },
  ce_type: { const: type },
  ce_source: described('Path of the resource: /tenants/<tenant>/users/<id> or /tenants/<tenant>/groups/<id>.', {
    type: 'string',
    pattern: '^/tenants/[a-z0-9_]+/(users|groups)/.+$',
  }),
  ce_streamrevision: described('Place of the event among those of the resource, from 0.', {
    type: 'string',
    pattern: '^\\d+$',
  }),
  ce_sequence: described('Place of the event in the whole log, 20 digits: text order is log order. Has gaps.', {
    type: 'string',
    pattern: '^\\d{20}$',
  }),
  'content-type': { const: 'application/json' },
});

/** @param type see `messageType`. */
export function eventHeadersSchema(type: string): JsonSchema {
  return record(
    {
      ...origin(type),
      ce_id: described('Id of the event; the same however often it is published.', text),
      ce_time: described('When the change was asked for.', instant),
      ce_tenant: text,
      ce_actor: described('The credential of the request, or the process of this product that acted.', text),
      ce_correlationid: described('The request in which the chain of cause began.', text),
    },
    {
      ce_causationid: described(
        'Id of the event that this one followed from; missing where a request led to it.',
        text,
      ),
    },
  );
}

/** @param type see `messageType`. */
export function stateHeadersSchema(type: string): JsonSchema {
  return record({
    ...origin(type),
    ce_id: described('Id of the event that led to the state, and what the state is of.', text),
  });
}
