import type { DatabaseSync } from 'node:sqlite';

/** Gives a table of an earlier release a column that came later. The names are the program's own. */
export function addMissingColumn(database: DatabaseSync, table: string, column: string, type: string): void {
  const select = 'SELECT 1 FROM pragma_table_info(?) WHERE name = ?';
  if (!database.prepare(select).get(table, column)) database.exec(`ALTER TABLE ${table} ADD COLUMN ${column} ${type}`);
}
