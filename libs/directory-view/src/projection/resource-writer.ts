import type { TenantId } from '#kernel';
import { type ResourceTypeName, type SchemaRegistry, renderResourceHead } from '#scim-protocol';
import { emailKeys, lookupKeys } from '../search/lookup-keys.js';
import { SearchDocuments } from '../search/search-document.js';
import type { Dialect } from '../sql/dialect.js';
import type { SqlTransaction } from '../sql/sql-connection.js';
import type { SqlValue } from '../sql/sql-text.js';
import type { Resource, ResourceKey } from '../tables/resource-row.js';

const insertEmail = `
  INSERT INTO user_email (tenant_id, value_key, user_id) VALUES (?, ?, ?)`;
const deleteEmail = `
  DELETE FROM user_email WHERE tenant_id = ? AND value_key = ? AND user_id = ?`;
const updateVersion = `
  UPDATE resource SET head = ?, revision = ?, last_modified = ?
  WHERE tenant_id = ? AND resource_type = ? AND id = ?`;
const deleteRow = `
  DELETE FROM resource WHERE tenant_id = ? AND resource_type = ? AND id = ?`;
const addToCount = `
  INSERT INTO resource_count (tenant_id, resource_type, total) VALUES (?, ?, ?)
  ON CONFLICT (tenant_id, resource_type) DO UPDATE SET total = resource_count.total + excluded.total`;

/** Writes the rows of users and groups: the text that GET returns, the search document and the keys. */
export class ResourceWriter {
  readonly #registry: SchemaRegistry;
  readonly #search: SearchDocuments;
  readonly #insertRow: string;
  readonly #updateRow: string;

  constructor(registry: SchemaRegistry, dialect: Dialect) {
    this.#registry = registry;
    this.#search = new SearchDocuments(registry);
    const storedJson = dialect.storedJson({ text: '?', params: [] }).text;
    const columns = `seq, revision, created, last_modified, head, search, display_name,
      user_name_key, external_id_key, display_name_key, employee_number_key`;
    const values = `?, ?, ?, ?, ?, ${storedJson}, ?, ?, ?, ?, ?`;
    this.#insertRow = `
      INSERT INTO resource (${columns}, tenant_id, resource_type, id) VALUES (${values}, ?, ?, ?)`;
    this.#updateRow = `
      UPDATE resource SET (${columns}) = (${values}) WHERE tenant_id = ? AND resource_type = ? AND id = ?`;
  }

  insert(transaction: SqlTransaction, resource: Resource): void {
    this.#save(transaction, this.#insertRow, resource, new Set());
  }

  /** @param before the resource as its row has it. */
  update(transaction: SqlTransaction, before: Resource, after: Resource): void {
    if (before.document === after.document && before.seq === after.seq) {
      const { tenant, type, id, revision, lastModified } = after;
      const head = renderResourceHead(this.#registry, after);
      transaction.run(updateVersion, [head, revision, instant(lastModified), tenant, type, id]);
    } else this.#save(transaction, this.#updateRow, after, this.#emailKeys(before));
  }

  delete(transaction: SqlTransaction, before: Resource): void {
    this.#replaceEmails(transaction, before, this.#emailKeys(before), new Set());
    transaction.run(deleteRow, [before.tenant, before.type, before.id]);
  }

  addToCount(transaction: SqlTransaction, tenant: TenantId, type: ResourceTypeName, difference: number): void {
    transaction.run(addToCount, [tenant, type, difference]);
  }

  #save(transaction: SqlTransaction, statement: string, resource: Resource, emailsBefore: ReadonlySet<string>): void {
    const { tenant, type, id, seq, revision, created, lastModified, document } = resource;
    const search = this.#search.of(type, document);
    const head = renderResourceHead(this.#registry, resource);
    const displayName = typeof document['displayName'] === 'string' ? document['displayName'] : null;
    const stored: SqlValue[] = [seq, revision, instant(created), instant(lastModified), head, JSON.stringify(search)];
    transaction.run(statement, [...stored, displayName, ...lookupKeys(search), tenant, type, id]);
    if (type === 'User') this.#replaceEmails(transaction, resource, emailsBefore, emailKeys(search));
  }

  #emailKeys({ type, document }: Resource): ReadonlySet<string> {
    return type === 'User' ? emailKeys(this.#search.of(type, document)) : new Set();
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

/** In the form in which filters compare instants (`comparableValue`). */
function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
