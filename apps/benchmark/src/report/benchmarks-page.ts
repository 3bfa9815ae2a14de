import { readFileSync, writeFileSync } from 'node:fs';

const usual = 'npm run bench';
const end = '<!-- end of results -->';

/**
 * Puts results between the marks of a page and leaves the rest, which is written by hand.
 *
 * @param command what writes them; the first mark says so.
 * @throws where a mark is missing.
 */
export function withResults(page: string, results: string, command = usual): string {
  const begin = `<!-- results: written by ${command} -->`;
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error(`The page needs the lines "${begin}" and "${end}"`);
  return `${page.slice(0, from)}${begin}\n\n${results}\n${page.slice(to)}`;
}

export function updatePage(file: string, results: string, command = usual): void {
  writeFileSync(file, withResults(readFileSync(file, 'utf8'), results, command));
}
