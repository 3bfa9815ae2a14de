import type { JsonObject, TenantId } from '#kernel';
import { type ResourceTypeName, type SchemaRegistry, renderResourceHead } from '#scim-protocol';
import { emailKeys, lookupKeys, sameLookups } from '../search/lookup-keys.js';
import { SearchDocuments } from '../search/search-document.js';
import type { Dialect } from '../sql/dialect.js';
import type { SqlTransaction } from '../sql/sql-connection.js';
import { literal, type SqlValue } from '../sql/sql-text.js';
import type { Resource, ResourceKey } from '../tables/resource-row.js';

export const insertEmail = `
  INSERT INTO user_email (tenant_id, value_key, user_id) VALUES (?, ?, ?)`;
export const deleteEmail = `
  DELETE FROM user_email WHERE tenant_id = ? AND value_key = ? AND user_id = ?`;
export const deleteRow = `
  DELETE FROM resource WHERE tenant_id = ? AND resource_type = ? AND id = ?`;
export const addToCount = `
  INSERT INTO resource_count (tenant_id, resource_type, total) VALUES (?, ?, ?)
  ON CONFLICT (tenant_id, resource_type) DO UPDATE SET total = resource_count.total + excluded.total`;

const keys = ['user_name_key', 'external_id_key', 'display_name_key', 'employee_number_key'];
const version = ['head', 'revision', 'last_modified'];
const profile = [...version, 'search'];
const lookedUp = [...profile, 'display_name', ...keys];
const identity = ['tenant_id', 'resource_type', 'id'];

/** The columns that the statements of `resourceStatements` have parameters for, in order; those of a key stand last. */
export const resourceColumns = {
  insertRow: [...lookedUp, ...identity, 'seq', 'created'],
  // Each update names only the columns that change: naming an indexed one costs its index, changed or not.
  updateVersion: [...version, ...identity],
  updateProfile: [...profile, ...identity],
  updateRow: [...lookedUp, ...identity],
} as const;

const none: ReadonlySet<string> = new Set();

/** Writes the rows of users and groups: the text that GET returns, the search document and the keys. */
export class ResourceWriter {
  readonly #registry: SchemaRegistry;
  readonly #search: SearchDocuments;
  readonly #statements: ReturnType<typeof resourceStatements>;

  constructor(registry: SchemaRegistry, dialect: Dialect) {
    this.#registry = registry;
    this.#search = new SearchDocuments(registry);
    this.#statements = resourceStatements(dialect);
  }

  insert(transaction: SqlTransaction, resource: Resource): void {
    const { tenant, type, id, seq, created } = resource;
    const search = this.#search.of(type, resource.document);
    const values = [...this.#version(resource), JSON.stringify(search), ...lookups(resource, search)];
    transaction.run(this.#statements.insertRow, [...values, tenant, type, id, seq, instant(created)]);
    this.#replaceEmails(transaction, resource, none, this.#emailKeys(resource, search['emails']));
  }

  /** @param before the resource as its row has it. */
  update(transaction: SqlTransaction, before: Resource, after: Resource): void {
    const { tenant, type, id, document } = after;
    if (before.seq !== after.seq) {
      this.delete(transaction, before);
      return this.insert(transaction, after);
    }
    const version = this.#version(after);
    if (before.document === document) {
      return transaction.run(this.#statements.updateVersion, [...version, tenant, type, id]);
    }
    const search = this.#search.of(type, document);
    const profile = [...version, JSON.stringify(search)];
    if (sameLookups(before.document, document)) {
      return transaction.run(this.#statements.updateProfile, [...profile, tenant, type, id]);
    }
    transaction.run(this.#statements.updateRow, [...profile, ...lookups(after, search), tenant, type, id]);
    this.#replaceEmails(transaction, after, this.#emailKeys(before), this.#emailKeys(after, search['emails']));
  }

  delete(transaction: SqlTransaction, before: Resource): void {
    this.#replaceEmails(transaction, before, this.#emailKeys(before), none);
    transaction.run(deleteRow, [before.tenant, before.type, before.id]);
  }

  addToCount(transaction: SqlTransaction, tenant: TenantId, type: ResourceTypeName, difference: number): void {
    transaction.run(addToCount, [tenant, type, difference]);
  }

  #version(resource: Resource): SqlValue[] {
    return [renderResourceHead(this.#registry, resource), resource.revision, instant(resource.lastModified)];
  }

  #emailKeys(
    { type, document }: Resource,
    emails = this.#search.valueOf(type, document, 'emails'),
  ): ReadonlySet<string> {
    return type === 'User' ? emailKeys(emails) : none;
  }

  #replaceEmails(
    transaction: SqlTransaction,
    { tenant, id }: ResourceKey,
    before: ReadonlySet<string>,
    after: ReadonlySet<string>,
  ): void {
    for (const key of before) if (!after.has(key)) transaction.run(deleteEmail, [tenant, key, id]);
    for (const key of after) if (!before.has(key)) transaction.run(insertEmail, [tenant, key, id]);
  }
}

export function resourceStatements(dialect: Dialect): Readonly<Record<keyof typeof resourceColumns, string>> {
  const parameter = literal('?');
  const value = (column: string) => (column === 'search' ? dialect.storedJson(parameter).text : '?');
  const update = (columns: readonly string[]) => {
    const changed = columns.slice(0, -identity.length).map((column) => `${column} = ${value(column)}`);
    return `UPDATE resource SET ${changed.join(', ')} WHERE ${identity.map((column) => `${column} = ?`).join(' AND ')}`;
  };
  const { insertRow, updateVersion, updateProfile, updateRow } = resourceColumns;
  return {
    insertRow: `INSERT INTO resource (${insertRow.join(', ')}) VALUES (${insertRow.map(value).join(', ')})`,
    updateVersion: update(updateVersion),
    updateProfile: update(updateProfile),
    updateRow: update(updateRow),
  };
}

/** The columns that have indexes, and the display name as it was written. */
function lookups({ document }: Resource, search: JsonObject): SqlValue[] {
  return [typeof document['displayName'] === 'string' ? document['displayName'] : null, ...lookupKeys(search)];
}

/** In the form in which filters compare instants (`comparableValue`). */
function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
