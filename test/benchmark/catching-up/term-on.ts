import { pino } from 'pino';
import type { KafkaSettings } from '#event-relay';
import type { KurrentEventStore } from '#event-store-kurrent';
import { SchemaRegistry } from '#scim-protocol';
import { beginTerm, type Term } from '../../../apps/projector/src/distributed/term.js';

export interface TermEngines {
  readonly store: KurrentEventStore;
  readonly database: string;
  readonly kafka: KafkaSettings | undefined;
}

/** What a projector gives its projections when its term begins. */
export function termOn(engines: TermEngines, resources: AsyncDisposableStack): Promise<Term> {
  const options = { ...engines, registry: new SchemaRegistry(), logger: pino({ level: 'silent' }) };
  return beginTerm(options, resources, new Set());
}
