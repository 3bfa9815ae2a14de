import { IsDatabaseUrl, IsEventStoreUrl, IsNamespace, Optional, ServerEnvironment } from '#platform';

/** What can be configured of a projector that runs as a process of its own. docs/distributed.md has the table. */
export class ProjectorEnvironment extends ServerEnvironment {
  @IsEventStoreUrl('EVENTSTORE_URL')
  readonly EVENTSTORE_URL!: string;

  @Optional()
  @IsNamespace('EVENTSTORE_NAMESPACE')
  readonly EVENTSTORE_NAMESPACE?: string;

  @IsDatabaseUrl('DATABASE_URL')
  readonly DATABASE_URL!: string;
}
