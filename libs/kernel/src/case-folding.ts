// eslint-disable-next-line no-control-regex
const ascii = /^[\x00-\x7f]*$/;

/**
 * The form in which two texts that differ only in case or Unicode representation are the same text. Uniqueness, filters
 * and indexes all compare this form, so that whatever causes a conflict can also be found. Stored values keep their own.
 * (RFC 7643 section 2.2 `caseExact`; NFKC, then upper and lower case as an approximation of full Unicode case folding.)
 */
export function foldCase(text: string): string {
  if (ascii.test(text)) return text.toLowerCase();
  return text.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
}
