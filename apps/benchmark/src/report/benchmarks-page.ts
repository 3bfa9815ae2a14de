import { readFileSync, writeFileSync } from 'node:fs';

const begin = '<!-- results: written by npm run bench -->';
const end = '<!-- end of results -->';

/** Puts results between the marks of a page and leaves the rest, which is written by hand. @throws where a mark is missing. */
export function withResults(page: string, results: string): string {
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error(`The page needs the lines "${begin}" and "${end}"`);
  return `${page.slice(0, from)}${begin}\n\n${results}\n${page.slice(to)}`;
}

export function updatePage(file: string, results: string): void {
  writeFileSync(file, withResults(readFileSync(file, 'utf8'), results));
}
