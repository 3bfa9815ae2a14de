import { Expose } from 'class-transformer';
import { IsUrl } from 'class-validator';
import { Optional, ServerEnvironment } from '#platform';

/** Locations begin with it. */
const webAddress = {
  require_tld: false,
  require_protocol: true,
  protocols: ['http', 'https'],
  disallow_auth: true,
  allow_query_components: false,
  allow_fragments: false,
};

/** What every process that serves SCIM can be told by environment variable. */
export class ScimEnvironment extends ServerEnvironment {
  @Expose()
  @Optional()
  @IsUrl(webAddress, {
    message:
      'PUBLIC_URL must be an http or https address, such as https://scim.example.com, with no user and nothing behind its path',
  })
  readonly PUBLIC_URL?: string;
}
