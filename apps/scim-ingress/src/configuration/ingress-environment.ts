import { Expose } from 'class-transformer';
import { Matches } from 'class-validator';
import { IsDatabaseUrl, IsEventStoreUrl, IsNamespace, IsToken, Optional } from '#platform';
import { ScimEnvironment } from './scim-environment.js';

/** What can be configured of an ingress that runs as a process of its own, one of several. docs/distributed.md has the table. */
export class IngressEnvironment extends ScimEnvironment {
  @IsEventStoreUrl('EVENTSTORE_URL')
  readonly EVENTSTORE_URL!: string;

  @Optional()
  @IsNamespace('EVENTSTORE_NAMESPACE')
  readonly EVENTSTORE_NAMESPACE?: string;

  @IsDatabaseUrl('DATABASE_URL')
  readonly DATABASE_URL!: string;

  /** Every node has to have the same, for ever: it keys the hashes that stand for claimed names. */
  @Expose()
  @Matches(/^[0-9a-f]{64}$/, { message: 'NAME_SECRET must be 64 hexadecimal digits, the same for every node' })
  readonly NAME_SECRET!: string;

  /** No node can make one up that the others would know. */
  @IsToken('SCIM_BEARER_TOKEN')
  readonly SCIM_BEARER_TOKEN!: string;
}
