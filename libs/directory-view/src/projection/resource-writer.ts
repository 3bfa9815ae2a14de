import type { JsonObject, TenantId } from '#kernel';
import { type ResourceTypeName, type SchemaRegistry, renderResourceHead } from '#scim-protocol';
import { changedKeys, emailKeys, keyNames, keySelections, lookupKeys, selected } from '../search/lookup-keys.js';
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

const version = ['head', 'revision', 'last_modified'];
const profile = [...version, 'search', 'display_name'];
const identity = ['tenant_id', 'resource_type', 'id'];

/** The columns that the statements of `resourceStatements` have parameters for, in order; those of a key stand last. */
export const resourceColumns = {
  insertRow: [...profile, ...keyNames, ...identity, 'seq', 'created'],
  updateVersion: [...version, ...identity],
  // One for each selection of keys: naming an indexed column costs its index, changed or not.
  updateProfile: keySelections.map((selection) => [...profile, ...selected(keyNames, selection), ...identity]),
} as const;

const none: ReadonlySet<string> = new Set();

/** Writes the rows of users and groups: the text that GET returns, the search document and the keys. */
export class ResourceWriter {
  readonly #registry: SchemaRegistry;
  readonly #search: SearchDocuments;
  readonly #statements: ResourceStatements;

  constructor(registry: SchemaRegistry, dialect: Dialect) {
    this.#registry = registry;
    this.#search = new SearchDocuments(registry);
    this.#statements = resourceStatements(dialect);
  }

  insert(transaction: SqlTransaction, resource: Resource): void {
    const { tenant, type, id, seq, created } = resource;
    const search = this.#search.of(type, resource.document);
    const values = [...this.#profile(resource, search), ...lookupKeys(search), tenant, type, id];
    transaction.run(this.#statements.insertRow, [...values, seq, instant(created)]);
    this.#replaceEmails(transaction, resource, none, this.#emailKeys(resource, search['emails']));
  }

  /** @param before the resource as its row has it. */
  update(transaction: SqlTransaction, before: Resource, after: Resource): void {
    const { tenant, type, id, document } = after;
    if (before.seq !== after.seq) {
      this.delete(transaction, before);
      return this.insert(transaction, after);
    }
    if (before.document === document) {
      return transaction.run(this.#statements.updateVersion, [...this.#version(after), tenant, type, id]);
    }
    const search = this.#search.of(type, document);
    const changed = changedKeys(before.document, document);
    const values = [...this.#profile(after, search), ...selected(lookupKeys(search), changed), tenant, type, id];
    transaction.run(this.#statements.updateProfile[changed] as string, values);
    if (before.document['emails'] !== document['emails']) {
      this.#replaceEmails(transaction, after, this.#emailKeys(before), this.#emailKeys(after, search['emails']));
    }
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

  #profile(resource: Resource, search: JsonObject): SqlValue[] {
    const { displayName } = resource.document;
    return [...this.#version(resource), JSON.stringify(search), typeof displayName === 'string' ? displayName : null];
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

export interface ResourceStatements {
  readonly insertRow: string;
  readonly updateVersion: string;
  /** At the place of the selection of keys that changes. */
  readonly updateProfile: readonly string[];
}

export function resourceStatements(dialect: Dialect): ResourceStatements {
  const parameter = literal('?');
  const value = (column: string) => (column === 'search' ? dialect.storedJson(parameter).text : '?');
  const update = (columns: readonly string[]) => {
    const changed = columns.slice(0, -identity.length).map((column) => `${column} = ${value(column)}`);
    return `UPDATE resource SET ${changed.join(', ')} WHERE ${identity.map((column) => `${column} = ?`).join(' AND ')}`;
  };
  const { insertRow, updateVersion, updateProfile } = resourceColumns;
  return {
    insertRow: `INSERT INTO resource (${insertRow.join(', ')}) VALUES (${insertRow.map(value).join(', ')})`,
    updateVersion: update(updateVersion),
    updateProfile: updateProfile.map(update),
  };
}

/** In the form in which filters compare instants (`comparableValue`). */
function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
