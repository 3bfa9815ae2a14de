import { type SqlText, sql } from '../sql/sql-text.js';

type Connected<Node> =
  { readonly kind: 'and' | 'or'; readonly left: Node; readonly right: Node } | { readonly kind: string };

/** What a chain of one connective connects: `a or b or c`, which the parser nests, is three operands. */
export function operandsOf<Node extends Connected<Node>>(filter: Node): readonly Node[] {
  const operands: Node[] = [];
  const pending: Node[] = [filter];
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (next.kind === filter.kind && 'left' in next) pending.push(next.right, next.left);
    else operands.push(next);
  }
  return operands;
}

/**
 * Nests evenly: engines limit the depth of an expression (SQLite: 1,000), and hundreds of operands are ten levels deep
 * this way. How deep brackets go is limited where filters are parsed.
 */
export function connect(kind: 'and' | 'or', operands: readonly SqlText[]): SqlText {
  if (operands.length === 1) return operands[0] as SqlText;
  const middle = operands.length >> 1;
  const left = connect(kind, operands.slice(0, middle));
  const right = connect(kind, operands.slice(middle));
  return kind === 'and' ? sql`(${left} AND ${right})` : sql`(${left} OR ${right})`;
}
