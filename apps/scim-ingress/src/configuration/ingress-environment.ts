import { Expose } from 'class-transformer';
import { Matches } from 'class-validator';
import { IsToken } from '#platform';
import { ScimEnvironment } from './scim-environment.js';

/** What an ingress has to be told that runs as a process of its own, one of several, besides its engines. */
export class IngressEnvironment extends ScimEnvironment {
  /** Every node has to have the same, for ever: it keys the hashes that stand for claimed names. */
  @Expose()
  @Matches(/^[0-9a-f]{64}$/i, { message: 'NAME_SECRET must be 64 hexadecimal digits, the same for every node' })
  readonly NAME_SECRET!: string;

  /** No node can make one up that the others would know. */
  @IsToken('SCIM_BEARER_TOKEN')
  readonly SCIM_BEARER_TOKEN!: string;
}
