import { Expose, Transform } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';

/** Rules for variables of one kind; each says in its message which variable it is about, and never what it holds. */

const wholeNumber = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' && /^\d+$/.test(value.trim()) ? Number(value) : value,
);

/** A number of TCP; 0 lets the system choose. */
export function IsPort(name: string): PropertyDecorator {
  return all(
    Expose(),
    wholeNumber,
    IsInt({ message: `${name} must be a whole number` }),
    Min(0, { message: `${name} must be at least 0` }),
    Max(65535, { message: `${name} must be at most 65535` }),
  );
}

/** A bearer token that somebody else has to paste and send. */
export function IsToken(name: string): PropertyDecorator {
  const message = `${name} must be 32 to 512 characters of A-Z, a-z, 0-9, - and _`;
  return all(Expose(), Matches(/^[A-Za-z0-9_-]{32,512}$/, { message }));
}

/** @param schemes with which it has to begin, such as `esdb:`. */
function IsConnectionString(name: string, schemes: readonly string[], example: string): PropertyDecorator {
  const pattern = new RegExp(`^(${schemes.map((scheme) => scheme.replace('+', '\\+')).join('|')})//[^\\s/]+`);
  return all(Expose(), Matches(pattern, { message: `${name} must be a connection string, such as ${example}` }));
}

export function IsEventStoreUrl(name: string): PropertyDecorator {
  const schemes = ['esdb:', 'esdb+discover:', 'kurrentdb:', 'kurrentdb+discover:'];
  return IsConnectionString(name, schemes, 'esdb://eventstore:2113?tls=true');
}

/** What keeps the logs of several installations on one server apart. */
export function IsNamespace(name: string): PropertyDecorator {
  return all(Expose(), Matches(/^[a-z0-9]+$/, { message: `${name} must be lower-case letters and digits` }));
}

export function IsDatabaseUrl(name: string): PropertyDecorator {
  return IsConnectionString(name, ['postgres:', 'postgresql:'], 'postgres://scim@postgres:5432/scim');
}

export const Optional = (): PropertyDecorator => IsOptional();

function all(...decorators: readonly PropertyDecorator[]): PropertyDecorator {
  return (target, key) => decorators.forEach((decorate) => decorate(target, key));
}
