import { err, ok, type Result } from '#kernel';
import { parseSchemaFile } from './schema-file.js';
import { SchemaRegistry } from './schema-registry.js';

/**
 * The built-in schemas and those that a file declares.
 *
 * @param file undefined where none are declared.
 * @param read answers what the file holds as JSON, or a sentence that says why it cannot be read.
 * @returns every mistake in the file otherwise.
 */
export function registryOfFile(
  file: string | undefined,
  read: (file: string) => Result<unknown, string>,
): Result<SchemaRegistry, readonly string[]> {
  if (file === undefined) return ok(new SchemaRegistry());
  const content = read(file);
  if (!content.ok) return err([content.error]);
  const extensions = parseSchemaFile(content.value);
  return extensions.ok ? ok(new SchemaRegistry(extensions.value)) : extensions;
}
