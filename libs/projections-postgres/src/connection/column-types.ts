import pg from 'pg';
import { originalText } from '../text/storable-text.js';

const types: { readonly bigint: number; readonly text: number } = {
  bigint: pg.types.builtins.INT8,
  text: pg.types.builtins.TEXT,
};

/** An integer that a number cannot hold exactly was selected as one; select it as text. */
export class IntegerTooLargeError extends Error {
  override readonly name = 'IntegerTooLargeError';

  constructor(value: string) {
    super(`${value} is beyond the integers that a number can hold exactly.`);
  }
}

/** As the driver reads values, but for BIGINT, a number and never a rounded one, and texts (`storableText`). */
export const columnTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number) => {
    if (oid === types.bigint) return readInteger;
    if (oid === types.text) return originalText;
    return pg.types.getTypeParser(oid) as (value: string) => unknown;
  }) as typeof pg.types.getTypeParser,
};

function readInteger(value: string): number {
  const integer = Number(value);
  if (!Number.isSafeInteger(integer)) throw new IntegerTooLargeError(value);
  return integer;
}
