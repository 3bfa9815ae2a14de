import 'reflect-metadata';
import { Expose, plainToInstance, Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, IsUrl, Matches, Max, Min, validateSync, ValidateIf } from 'class-validator';
import { err, ok, type Result } from '#kernel';

const secretPattern = /^[A-Za-z0-9_-]{32,512}$/;
const secretRule = 'must be 32 to 512 characters of A-Z, a-z, 0-9, - and _';
const webAddress = { require_tld: false, require_protocol: true, protocols: ['http', 'https'] };

const wholeNumber = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' && /^\d+$/.test(value.trim()) ? Number(value) : value,
);

/** Everything that can be configured, by environment variable. README.md has the table. */
export class Environment {
  @Expose()
  @wholeNumber
  @IsInt({ message: 'PORT must be a whole number' })
  @Min(0, { message: 'PORT must be at least 0' })
  @Max(65535, { message: 'PORT must be at most 65535' })
  readonly PORT: number = 3000;

  @Expose()
  @IsString()
  @Matches(/^\S+$/, { message: 'HOST must be an address to listen on, such as 127.0.0.1 or 0.0.0.0' })
  readonly HOST: string = '127.0.0.1';

  @Expose()
  @IsOptional()
  @IsUrl(webAddress, { message: 'PUBLIC_URL must be an http or https address, such as https://scim.example.com' })
  readonly PUBLIC_URL?: string;

  @Expose()
  @Matches(/\S/, { message: 'DATA_DIR must name a folder' })
  readonly DATA_DIR: string = './data';

  @Expose()
  @IsOptional()
  @Matches(secretPattern, { message: `SCIM_BEARER_TOKEN ${secretRule}` })
  readonly SCIM_BEARER_TOKEN?: string;

  @Expose()
  @IsOptional()
  @Matches(secretPattern, { message: `ADMIN_TOKEN ${secretRule}` })
  readonly ADMIN_TOKEN?: string;

  @Expose()
  @IsOptional()
  @Matches(/\S/, { message: 'SCIM_SCHEMAS must name a file' })
  readonly SCIM_SCHEMAS?: string;

  @Expose()
  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
    message: 'LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent',
  })
  readonly LOG_LEVEL: string = 'info';

  @Expose()
  @ValidateIf((_, value) => value !== undefined)
  @IsIn([undefined], { message: 'EVENTSTORE_URL is set, but this release runs on the embedded event store only' })
  readonly EVENTSTORE_URL?: string;

  @Expose()
  @ValidateIf((_, value) => value !== undefined)
  @IsIn([undefined], { message: 'DATABASE_URL is set, but this release keeps the view in embedded SQLite only' })
  readonly DATABASE_URL?: string;

  @Expose()
  @ValidateIf((_, value) => value !== undefined)
  @IsIn([undefined], { message: 'KAFKA_BROKERS is set, but this release does not publish to Kafka' })
  readonly KAFKA_BROKERS?: string;
}

/** @returns the configuration, or every mistake in it, each in a sentence that names the variable. */
export function readEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
): Result<Environment, string[]> {
  const given = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''),
  );
  const environment = plainToInstance(Environment, given, {
    excludeExtraneousValues: true,
    exposeDefaultValues: true,
  });
  const mistakes = validateSync(environment).flatMap(({ constraints }) => Object.values(constraints ?? {}).slice(0, 1));
  return mistakes.length > 0 ? err(mistakes) : ok(environment);
}
