/** An expected refusal is a value; exceptions are for bugs and broken machines. */
export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function err<E>(error: E): { readonly ok: false; readonly error: E } {
  return { ok: false, error };
}

/** @returns all the values, or what is wrong with all of them. */
export function allOf<Values extends readonly unknown[]>(
  ...results: { readonly [Index in keyof Values]: Result<Values[Index], readonly string[]> }
): Result<Values, string[]> {
  const mistakes = results.flatMap((result) => (result.ok ? [] : result.error));
  if (mistakes.length > 0) return err(mistakes);
  return ok(results.map((result) => (result.ok ? result.value : undefined)) as unknown as Values);
}
