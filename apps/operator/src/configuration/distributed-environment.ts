import { Expose } from 'class-transformer';
import { IsIn, ValidateIf } from 'class-validator';
import { IsDatabaseUrl, IsEventStoreUrl, IsNamespace, Optional } from '#platform';

/** Which installation is meant where processes share engines: the same variables as the projector has. */
export class DistributedEnvironment {
  @IsEventStoreUrl('EVENTSTORE_URL')
  readonly EVENTSTORE_URL!: string;

  @Optional()
  @IsNamespace('EVENTSTORE_NAMESPACE')
  readonly EVENTSTORE_NAMESPACE?: string;

  @IsDatabaseUrl('DATABASE_URL')
  readonly DATABASE_URL!: string;

  @Expose()
  @ValidateIf((_, value) => value !== undefined)
  @IsIn([undefined], {
    message: 'DATA_DIR is set, and so is EVENTSTORE_URL or DATABASE_URL: unset what the installation does not use',
  })
  readonly DATA_DIR?: string;
}
