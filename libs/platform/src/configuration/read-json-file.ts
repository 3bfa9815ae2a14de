import { readFileSync } from 'node:fs';
import { err, ok, type Result } from '#kernel';

/** @returns what the file holds, or a sentence that says why it cannot be read. */
export function readJsonFile(file: string): Result<unknown, string> {
  try {
    return ok(JSON.parse(readFileSync(file, 'utf8')) as unknown);
  } catch (error) {
    return err(`${file} cannot be read as JSON: ${(error as Error).message}`);
  }
}
