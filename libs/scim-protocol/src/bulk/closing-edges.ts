const unseen = 0;
const open = 1;
const done = 2;

/**
 * Edges of a directed graph without which it has no cycle: those that lead back into the path by which a depth-first
 * search, begun at the lowest nodes, came to them. A graph without a cycle has none. Time is linear in nodes and edges,
 * and the search keeps its own stack: chains may be as long as the graph.
 *
 * @param edges targets by node
 * @returns the targets of closing edges by node
 */
export function closingEdges(edges: readonly (readonly number[])[]): readonly ReadonlySet<number>[] {
  const closing = edges.map(() => new Set<number>());
  const states = new Uint8Array(edges.length);
  const path: { readonly node: number; next: number }[] = [];
  const enter = (node: number): void => {
    states[node] = open;
    path.push({ node, next: 0 });
  };
  for (let root = 0; root < edges.length; root++) {
    if (states[root] === unseen) enter(root);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const target = edges[top.node]?.[top.next++];
      if (target === undefined) {
        states[top.node] = done;
        path.pop();
      } else if (states[target] === open) closing[top.node]?.add(target);
      else if (states[target] === unseen) enter(target);
    }
  }
  return closing;
}
