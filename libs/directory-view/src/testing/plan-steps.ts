import { postgresDialect } from '../postgres/postgres-dialect.js';
import type { SqlReads } from '../sql/sql-connection.js';
import type { SqlText } from '../sql/sql-text.js';

/** How an engine would run a statement, in the words of SQLite. */
export function planSteps(reads: SqlReads, statement: SqlText): Promise<readonly string[]> {
  return reads.dialect === postgresDialect ? postgresSteps(reads, statement) : sqliteSteps(reads, statement);
}

async function sqliteSteps(reads: SqlReads, { text, params }: SqlText): Promise<readonly string[]> {
  const plan = await reads.rows<{ detail: string }>({ text: `EXPLAIN QUERY PLAN ${text}`, params });
  return plan.map(({ detail }) =>
    detail
      .replace(/sqlite_autoindex_(\w+)_1/, '$1_key')
      .replace('COVERING INDEX', 'INDEX')
      .replace('USING PRIMARY KEY', 'USING INDEX primary_key'),
  );
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly Alias?: string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly Plans?: readonly PlanNode[];
}

async function postgresSteps(reads: SqlReads, { text, params }: SqlText): Promise<readonly string[]> {
  const explain = { text: `EXPLAIN (FORMAT JSON) ${text}`, params };
  const [row] = await reads.rows<{ readonly 'QUERY PLAN': readonly { readonly Plan: PlanNode }[] }>(explain);
  return stepsOf((row?.['QUERY PLAN'][0] as { Plan: PlanNode }).Plan);
}

/** @param outer the table that the node above is about: a bitmap's index does not say it. */
function stepsOf(node: PlanNode, outer = ''): string[] {
  const { Alias: alias = outer, Plans: plans = [] } = node;
  const own: string[] = [];
  if (node['Node Type'] === 'Seq Scan') own.push(`SCAN ${alias}`);
  const index = node['Index Name']?.replace(/_pkey$/, '_key');
  const condition = node['Index Cond'];
  if (index) own.push(condition ? `SEARCH ${alias} USING INDEX ${index} ${condition}` : `SCAN ${alias} BY ${index}`);
  return [...own, ...plans.flatMap((plan) => stepsOf(plan, alias))];
}
