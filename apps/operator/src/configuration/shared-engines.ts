import type { KurrentEventStoreOptions } from '#event-store-kurrent';

/** Which installation is meant where processes share engines: by the same variables as the projector has. */
export interface SharedEngines {
  readonly eventStore: KurrentEventStoreOptions;
  /** `DATABASE_URL` */
  readonly database: string;
}
