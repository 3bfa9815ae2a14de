/**
 * The runs of a subscription, of which the next is read while one is worked on: for work that waits for others most of the
 * time. At most one is ahead. What goes wrong with it is heard of after the one before.
 *
 * @param prepare is given each as soon as it is read, and must not throw.
 */
export async function* readAhead<Run>(
  subscribe: (signal: AbortSignal) => AsyncIterable<Run>,
  signal: AbortSignal,
  prepare: (run: Run) => void,
): AsyncGenerator<Run, void, undefined> {
  const left = new AbortController();
  const runs = subscribe(AbortSignal.any([signal, left.signal]))[Symbol.asyncIterator]();
  const read = async () => {
    const run = await runs.next();
    if (!run.done) prepare(run.value);
    return run;
  };
  let next = read();
  try {
    for (;;) {
      const run = await next;
      if (run.done) return;
      next = read();
      // It is awaited once the work is done; until then it must not count as a rejection that nobody handles.
      next.catch(() => undefined);
      yield run.value;
    }
  } finally {
    // The log may be quiet: nobody waits for a run that nobody takes.
    left.abort();
    await next.catch(() => undefined);
    await runs.return?.();
  }
}
