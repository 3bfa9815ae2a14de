import { readFileSync } from 'node:fs';
import { err, ok, type Result } from '#kernel';
import { parseSchemaFile, SchemaRegistry } from '#scim-protocol';

/** The built-in schemas and those of the file SCIM_SCHEMAS names. @returns every mistake in that file otherwise. */
export function readSchemas(file: string | undefined): Result<SchemaRegistry, readonly string[]> {
  if (file === undefined) return ok(new SchemaRegistry());
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    return err([`SCIM_SCHEMAS: ${file} cannot be read as JSON: ${(error as Error).message}`]);
  }
  const extensions = parseSchemaFile(content);
  if (extensions.ok) return ok(new SchemaRegistry(extensions.value));
  return err(extensions.error.map((mistake) => `SCIM_SCHEMAS: ${mistake}`));
}
