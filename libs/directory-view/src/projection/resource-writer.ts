import type { JsonObject, TenantId } from '#kernel';
import { type ResourceTypeName, type SchemaRegistry, renderResourceHead } from '#scim-protocol';
import { emailKeys, lookupKeys, sameLookups } from '../search/lookup-keys.js';
import { SearchDocuments } from '../search/search-document.js';
import type { Dialect } from '../sql/dialect.js';
import type { SqlTransaction } from '../sql/sql-connection.js';
import type { SqlValue } from '../sql/sql-text.js';
import type { Resource, ResourceKey } from '../tables/resource-row.js';

const insertEmail = `
  INSERT INTO user_email (tenant_id, value_key, user_id) VALUES (?, ?, ?)`;
const deleteEmail = `
  DELETE FROM user_email WHERE tenant_id = ? AND value_key = ? AND user_id = ?`;
const deleteRow = `
  DELETE FROM resource WHERE tenant_id = ? AND resource_type = ? AND id = ?`;
const addToCount = `
  INSERT INTO resource_count (tenant_id, resource_type, total) VALUES (?, ?, ?)
  ON CONFLICT (tenant_id, resource_type) DO UPDATE SET total = resource_count.total + excluded.total`;

const none: ReadonlySet<string> = new Set();

/** Writes the rows of users and groups: the text that GET returns, the search document and the keys. */
export class ResourceWriter {
  readonly #registry: SchemaRegistry;
  readonly #search: SearchDocuments;
  readonly #insertRow: string;
  // Each update names only the columns that change: naming an indexed one costs its index, changed or not.
  readonly #updateVersion: string;
  readonly #updateProfile: string;
  readonly #updateRow: string;

  constructor(registry: SchemaRegistry, dialect: Dialect) {
    this.#registry = registry;
    this.#search = new SearchDocuments(registry);
    const search = dialect.storedJson({ text: '?', params: [] }).text;
    const keys = ['user_name_key', 'external_id_key', 'display_name_key', 'employee_number_key'];
    const whichRow = 'WHERE tenant_id = ? AND resource_type = ? AND id = ?';
    const version = 'head = ?, revision = ?, last_modified = ?';
    const profile = `${version}, search = ${search}`;
    this.#updateVersion = `UPDATE resource SET ${version} ${whichRow}`;
    this.#updateProfile = `UPDATE resource SET ${profile} ${whichRow}`;
    this.#updateRow = `
      UPDATE resource SET ${profile}, display_name = ?, ${keys.map((key) => `${key} = ?`).join(', ')} ${whichRow}`;
    this.#insertRow = `
      INSERT INTO resource (head, revision, last_modified, search, display_name, ${keys.join(', ')},
        tenant_id, resource_type, id, seq, created)
      VALUES (?, ?, ?, ${search}, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
  }

  insert(transaction: SqlTransaction, resource: Resource): void {
    const { tenant, type, id, seq, created } = resource;
    const search = this.#search.of(type, resource.document);
    const values = [...this.#version(resource), JSON.stringify(search), ...lookups(resource, search)];
    transaction.run(this.#insertRow, [...values, tenant, type, id, seq, instant(created)]);
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
      return transaction.run(this.#updateVersion, [...version, tenant, type, id]);
    }
    const search = this.#search.of(type, document);
    const profile = [...version, JSON.stringify(search)];
    if (sameLookups(before.document, document)) {
      return transaction.run(this.#updateProfile, [...profile, tenant, type, id]);
    }
    transaction.run(this.#updateRow, [...profile, ...lookups(after, search), tenant, type, id]);
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

/** The columns that have indexes, and the display name as it was written. */
function lookups({ document }: Resource, search: JsonObject): SqlValue[] {
  return [typeof document['displayName'] === 'string' ? document['displayName'] : null, ...lookupKeys(search)];
}

/** In the form in which filters compare instants (`comparableValue`). */
function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
