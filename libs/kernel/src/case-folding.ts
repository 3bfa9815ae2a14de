// eslint-disable-next-line no-control-regex
const ascii = /^[\x00-\x7f]*$/;

/** Thirty characters that normalization may have to bring into order, with one more behind them. */
const thirtyMarks = /[[\p{M}\uff9e\uff9f]--\u034f]{30}(?=[[\p{M}\uff9e\uff9f]--\u034f])/gv;
const combiningGraphemeJoiner = '\u034f';

/**
 * The form in which two texts that differ only in case or Unicode representation are the same text. Uniqueness, filters
 * and indexes all compare this form, so that whatever causes a conflict can also be found. Stored values keep their own.
 * (RFC 7643 section 2.2 `caseExact`; NFKC, then upper and lower case as an approximation of full Unicode case folding.)
 */
export function foldCase(text: string): string {
  if (ascii.test(text)) return text.toLowerCase();
  return streamSafe(text).normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
}

/**
 * Unicode's Stream-Safe Text Format (UAX #15 section 13). Normalization orders a run of combining marks in time that grows
 * with the square of its length: a run of a million would hold up the process for hours. No language needs thirty.
 */
function streamSafe(text: string): string {
  return text.replace(thirtyMarks, `$&${combiningGraphemeJoiner}`);
}
