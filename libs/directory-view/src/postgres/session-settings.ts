/** How long one statement of a read may take: a filter that goes through everything must not keep a connection. */
const readTimeoutMs = 15_000;
const readTransactionMs = 60_000;
const writeTimeoutMs = 60_000;

/**
 * How long a server may take to answer before it is taken for gone, milliseconds: one that has lost its power, or a network that
 * swallows all, ends no connection for a quarter of an hour. Later than the server gives up a statement by itself: those that
 * are sent at once are answered one after another.
 */
export const answersWithin = { reader: 2 * readTimeoutMs, projector: 2 * writeTimeoutMs } as const;

/** A process that does not run must not hold a lock: the server ends its transaction. A projector could not commit it anyway. */
const idleInTransactionMs = 5_000;

/**
 * Has the planner look rows up by key, row by row. It is what every statement of the view is made for, in tables that hold
 * all tenants; left to itself the planner goes by statistics, which a table that grows from nothing does not have yet.
 */
const lookUps = { enable_seqscan: 'off', enable_hashjoin: 'off', enable_mergejoin: 'off', jit: 'off' };

/** @param schema of the generation, whose tables statements call by their bare names. */
export function readerSettings(schema: string) {
  return {
    search_path: schema,
    statement_timeout: readTimeoutMs,
    idle_in_transaction_session_timeout: readTransactionMs,
    default_transaction_read_only: 'on',
    ...lookUps,
  };
}

/** @param lockTimeoutMs how long a change waits for readers and writers of a generation */
export function catalogueSettings(lockTimeoutMs: number) {
  return {
    lock_timeout: lockTimeoutMs,
    idle_in_transaction_session_timeout: idleInTransactionMs,
    client_min_messages: 'warning',
  };
}

export function projectorSettings(schema: string) {
  return {
    search_path: schema,
    statement_timeout: writeTimeoutMs,
    idle_in_transaction_session_timeout: idleInTransactionMs,
    ...lookUps,
  };
}
