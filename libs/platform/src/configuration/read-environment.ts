import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { err, ok, type Result } from '#kernel';

/**
 * Reads a process's configuration from environment variables. An empty variable counts as one that is not set.
 *
 * @param type a class whose properties are named like the variables, with their rules and defaults.
 * @returns the configuration, or every mistake in it, each in a sentence that names the variable.
 */
export function readEnvironment<T extends object>(
  type: new () => T,
  variables: Readonly<Record<string, string | undefined>>,
): Result<T, string[]> {
  const given = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''),
  );
  const environment = plainToInstance(type, given, { excludeExtraneousValues: true, exposeDefaultValues: true });
  const mistakes = validateSync(environment).flatMap(({ constraints }) => Object.values(constraints ?? {}).slice(0, 1));
  return mistakes.length > 0 ? err(mistakes) : ok(environment);
}
