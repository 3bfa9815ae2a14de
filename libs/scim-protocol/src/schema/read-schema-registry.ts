import { err, ok, type Result } from '#kernel';
import { parseSchemaFile } from './schema-file.js';
import { SchemaRegistry } from './schema-registry.js';

/**
 * The built-in schemas, and those of the file that SCIM_SCHEMAS names.
 *
 * @param variables of the environment; an empty one counts as one that is not set.
 * @param read answers what the file holds as JSON, or a sentence that says why it cannot be read.
 * @returns every mistake in the file otherwise, each in a sentence that names the variable.
 */
export function readSchemaRegistry(
  variables: Readonly<Record<string, string | undefined>>,
  read: (file: string) => Result<unknown, string>,
): Result<SchemaRegistry, string[]> {
  const file = variables['SCIM_SCHEMAS'];
  if (!file) return ok(new SchemaRegistry());
  const content = read(file);
  const extensions = content.ok ? parseSchemaFile(content.value) : err([content.error]);
  return extensions.ok
    ? ok(new SchemaRegistry(extensions.value))
    : err(extensions.error.map((mistake) => `SCIM_SCHEMAS: ${mistake}`));
}
