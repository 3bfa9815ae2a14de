/**
 * The batches of a subscription, of which the next is read while one is worked on: for work that waits for others most of the
 * time. At most one batch is ahead. What goes wrong with it is heard of after the one before.
 */
export async function* readAhead<Batch>(
  subscribe: (signal: AbortSignal) => AsyncIterable<Batch>,
  signal: AbortSignal,
): AsyncGenerator<Batch, void, undefined> {
  const left = new AbortController();
  const batches = subscribe(AbortSignal.any([signal, left.signal]))[Symbol.asyncIterator]();
  let next = batches.next();
  try {
    for (;;) {
      const batch = await next;
      if (batch.done) return;
      next = batches.next();
      // It is awaited once the work is done; until then it must not count as a rejection that nobody handles.
      next.catch(() => undefined);
      yield batch.value;
    }
  } finally {
    // The log may be quiet: nobody waits for a batch that nobody takes.
    left.abort();
    await next.catch(() => undefined);
    await batches.return?.();
  }
}
