const needsEscape = /["\\]/g;

/** Values as the text of a PostgreSQL array, as which one parameter carries any number of them. */
export function textArray(values: Iterable<string | number | bigint | null>): string {
  let array = '';
  for (const value of values) {
    if (array !== '') array += ',';
    if (typeof value === 'string') array += `"${value.replace(needsEscape, '\\$&')}"`;
    else array += value === null ? 'NULL' : String(value);
  }
  return `{${array}}`;
}
