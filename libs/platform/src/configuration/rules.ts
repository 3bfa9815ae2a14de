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

export const Optional = (): PropertyDecorator => IsOptional();

function all(...decorators: readonly PropertyDecorator[]): PropertyDecorator {
  return (target, key) => decorators.forEach((decorate) => decorate(target, key));
}
