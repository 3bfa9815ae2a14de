/**
 * Orders texts by code point, which is the order of their UTF-8 bytes: what SQLite's BINARY and PostgreSQL's C collation
 * do, while `<` on strings compares UTF-16 units and puts U+1F600 before U+FB01.
 *
 * @returns negative, zero or positive.
 */
export function compareText(left: string, right: string): number {
  const shared = Math.min(left.length, right.length);
  for (let index = 0; index < shared; index += 1) {
    const difference = codePointRank(left.charCodeAt(index)) - codePointRank(right.charCodeAt(index));
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** Moves surrogates, which stand for code points above U+FFFF, behind the units that stand for themselves. */
function codePointRank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
