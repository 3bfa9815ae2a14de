import { MostRecent, type Result, type TenantId, ok } from '#kernel';
import type { ResolvedFilter, ResourceTypeName, ScimError } from '#scim-protocol';
import { goesByKey, hasCandidates } from '../filter/candidates.js';
import { compileFilter } from '../filter/compile-filter.js';
import type { SqlConnection, SqlReads } from '../sql/sql-connection.js';
import { type SqlText, sql } from '../sql/sql-text.js';
import type { DirectoryQuery, ListedResource, ResourcePage } from './directory-reader.js';
import { type HeadRow, headColumns, storedHead } from './head-row.js';
import type { Keyset } from './keyset.js';
import { type SortValue, beyond, orderBy, sortValueOf } from './sort-order.js';

interface Row extends HeadRow {
  readonly id: string;
}

interface PlacedRow extends Row {
  readonly seq: string;
  readonly sort_value: string | number | null;
}

/** A query as SQL: which resources, and in which order. */
interface Selection {
  readonly tenant: TenantId;
  readonly type: ResourceTypeName;
  readonly where: SqlText;
  /** Also holds; put with `where` it lets the engine walk the list in its order (`Dialect.listed`). */
  readonly andListed: SqlText;
  readonly filtered: boolean;
  /** Few resources can match, and an index finds them; the engine is not to walk the list in its order instead. */
  readonly selective: boolean;
  readonly sortValue: SortValue;
  readonly descending: boolean;
}

export async function listResources(
  reads: SqlReads,
  tenant: TenantId,
  type: ResourceTypeName,
  { filter, sort, page }: DirectoryQuery,
): Promise<Result<ResourcePage, ScimError>> {
  const { dialect } = reads;
  const condition = filter ? compileFilter({ dialect, tenant, type }, filter) : undefined;
  if (condition && !condition.ok) return condition;
  const sortValue = sortValueOf(dialect, type, sort);
  if (!sortValue.ok) return sortValue;

  const all = sql`r.tenant_id = ${tenant} AND r.resource_type = ${type}`;
  const where = condition ? sql`${all} AND ${condition.value}` : all;
  if (filter && isLookUp(filter) && isFirst(page)) {
    const found = await lookUp(reads, where);
    if (found) return ok(found);
  }
  const selection: Selection = {
    tenant,
    type,
    where,
    andListed: dialect.listed && !(filter && goesByKey(tenant, type, filter)) ? sql` AND ${dialect.listed}` : sql``,
    filtered: condition !== undefined,
    selective: filter !== undefined && hasCandidates(tenant, type, filter),
    sortValue: sortValue.value,
    descending: sort?.descending ?? false,
  };
  return ok(
    await reads.snapshot(async (connection) => {
      const found = await readPage(connection, selection, page);
      return { ...found, totalResults: found.totalResults ?? (await countResources(connection, selection)) };
    }),
  );
}

/** Whether the filter asks for one value of one attribute, as a client does that looks for a resource. */
function isLookUp(filter: ResolvedFilter): boolean {
  return filter.kind === 'values' || (filter.kind === 'compare' && filter.operator === 'eq');
}

/** A first page with room for a resource: all there is where no more than one is found. */
function isFirst(page: DirectoryQuery['page']): boolean {
  return page.count > 0 && (page.kind === 'index' ? page.startIndex <= 1 : page.from === undefined);
}

/**
 * The only resource that is selected, or none; undefined where there are more. This is what Entra asks before it creates
 * anything, and the page of it needs no order, no place in a list and no budget: 5 µs instead of 7. The one statement
 * sees one state of the view by itself.
 */
async function lookUp(connection: SqlConnection, where: SqlText): Promise<ResourcePage | undefined> {
  const rows = await connection.rows<Row>({ text: lookUpText(where), params: where.params });
  return rows.length > 1 ? undefined : { totalResults: rows.length, resources: rows.map(listedResource) };
}

/**
 * Characters of stored texts that one page reads, beyond which it has fewer resources than asked for (RFC 7644 section
 * 3.4.2.4, RFC 9865 section 2): a thousand large ones would fill the memory.
 */
const mostHeadCharacters = 16 * 1024 * 1024;

class HeadBudget {
  #left = mostHeadCharacters;

  get isSpent(): boolean {
    return this.#left <= 0;
  }

  /** The resource that spends it is still on the page: there is always one. */
  isSpentBy({ head }: HeadRow): boolean {
    this.#left -= head.length;
    return this.isSpent;
  }
}

/** A page that may be one of many, so that only counting tells how many resources there are. */
interface UncountedPage extends Omit<ResourcePage, 'totalResults'> {
  readonly totalResults: number | undefined;
}

function readPage(
  connection: SqlConnection,
  selection: Selection,
  page: DirectoryQuery['page'],
): Promise<UncountedPage> {
  return page.kind === 'index' ? pageByIndex(connection, selection, page) : pageByCursor(connection, selection, page);
}

async function pageByIndex(
  connection: SqlConnection,
  selection: Selection,
  { startIndex, count }: Extract<DirectoryQuery['page'], { kind: 'index' }>,
): Promise<UncountedPage> {
  const { where, andListed, sortValue, descending, selective } = selection;
  const skipped = Math.min(Math.max(0, startIndex - 1), Number.MAX_SAFE_INTEGER);
  const budget = new HeadBudget();
  const statement = sql`
    SELECT r.id, ${headColumns} FROM resource AS r WHERE ${where}${andListed}
    ORDER BY ${orderBy({ sortValue, descending, selective }, false)} ${rowLimit(count)} OFFSET ${skipped}`;
  const resources = await connection.rows<Row>(statement, (row) => budget.isSpentBy(row));
  // A page that is not full is the last one, which says how many there are: a look-up by name needs no count.
  const isLast = resources.length < count && !budget.isSpent && (resources.length > 0 || skipped === 0);
  const totalResults = isLast ? skipped + resources.length : undefined;
  return { totalResults, resources: resources.map(listedResource) };
}

async function pageByCursor(
  connection: SqlConnection,
  selection: Selection,
  { from, count }: Extract<DirectoryQuery['page'], { kind: 'cursor' }>,
): Promise<UncountedPage> {
  const { where, andListed, sortValue, descending, selective } = selection;
  const backwards = from?.direction === 'before';
  const place = from ? sql` AND ${beyond(sortValue, descending, from)}` : sql``;
  const budget = new HeadBudget();
  const statement = sql`
    SELECT r.id, ${headColumns}, CAST(r.seq AS TEXT) AS seq, ${sortValue ?? sql`NULL`} AS sort_value
    FROM resource AS r WHERE ${where}${andListed}${place}
    ORDER BY ${orderBy({ sortValue, descending, selective }, backwards)} ${rowLimit(count + 1)}`;
  const found = await connection.rows<PlacedRow>(statement, (row) => budget.isSpentBy(row));
  // One row more than asked for shows whether the list goes on.
  const page = found.slice(0, count);
  const rows = backwards ? page.reverse() : page;
  // Where the budget is spent it may end right there; the next page is empty then.
  const goesOn = found.length > count || budget.isSpent;
  // A first page that is also the last one says how many there are: a look-up by name needs no count.
  const totalResults = from || goesOn ? undefined : rows.length;
  const [first, last] = [rows[0], rows.at(-1)];
  const keyset = (row: PlacedRow, direction: Keyset['direction']): Keyset => {
    return { direction, seq: row.seq, ...(sortValue && { sortValue: row.sort_value }) };
  };
  return {
    totalResults,
    resources: rows.map(listedResource),
    ...(last && (backwards || goesOn) && { next: keyset(last, 'after') }),
    ...(first && (backwards ? goesOn : from !== undefined) && { previous: keyset(first, 'before') }),
  };
}

/** An unfiltered list is counted as resources come and go. */
async function countResources(
  connection: SqlConnection,
  { tenant, type, where, filtered }: Selection,
): Promise<number> {
  const statement = filtered
    ? sql`SELECT count(*) AS total FROM resource AS r WHERE ${where}`
    : sql`SELECT c.total FROM resource_count AS c WHERE c.tenant_id = ${tenant} AND c.resource_type = ${type}`;
  const [row] = await connection.rows<{ readonly total: number }>(statement);
  return row?.total ?? 0;
}

/** Look-ups of a key differ in their values alone, so their text is made once: a new one has to be hashed to find its statement. */
const lookUpTexts = new MostRecent<string, string>(64);

function lookUpText(where: SqlText): string {
  const known = lookUpTexts.get(where.text);
  if (known !== undefined) return known;
  const { text } = sql`SELECT r.id, ${headColumns} FROM resource AS r WHERE ${where} LIMIT 2`;
  lookUpTexts.set(where.text, text);
  return text;
}

function listedResource(row: Row): ListedResource {
  return { id: row.id, ...storedHead(row) };
}

/** SQLite plans a statement for the value of a bare `LIMIT ?`, and so again for each execution: 15 µs instead of 4. */
function rowLimit(count: number): SqlText {
  return sql`LIMIT (CAST(${count} AS BIGINT) + 0)`;
}
