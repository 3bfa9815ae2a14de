import { Expose } from 'class-transformer';
import { IsIn, Matches, ValidateIf } from 'class-validator';
import { IsToken, Optional } from '#platform';
import { ScimEnvironment } from '../../../scim-ingress/src/index.js';

const separate = 'start scim-ingress and projector as processes of their own instead (docs/distributed.md)';

/** What can be configured where everything runs in one process. README.md has the table. */
export class StandaloneEnvironment extends ScimEnvironment {
  @Expose()
  @Matches(/\S/, { message: 'DATA_DIR must name a folder' })
  readonly DATA_DIR: string = './data';

  @Optional()
  @IsToken('SCIM_BEARER_TOKEN')
  readonly SCIM_BEARER_TOKEN?: string;

  @Expose()
  @ValidateIf((_, value) => value !== undefined)
  @IsIn([undefined], { message: `EVENTSTORE_URL is set, but this process keeps its log in DATA_DIR: ${separate}` })
  readonly EVENTSTORE_URL?: string;

  @Expose()
  @ValidateIf((_, value) => value !== undefined)
  @IsIn([undefined], { message: `DATABASE_URL is set, but this process keeps its view in DATA_DIR: ${separate}` })
  readonly DATABASE_URL?: string;
}
