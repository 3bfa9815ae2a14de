/** The work's value; undefined where the signal aborts and the work takes longer than `milliseconds` from then on. */
export async function withinAfterAbort<T>(
  work: Promise<T>,
  signal: AbortSignal,
  milliseconds: number,
): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  let startTimer: (() => void) | undefined;
  const tooLate = new Promise<undefined>((resolve) => {
    startTimer = () => (timer = setTimeout(() => resolve(undefined), milliseconds));
  });
  if (signal.aborted) startTimer?.();
  else signal.addEventListener('abort', startTimer as () => void, { once: true });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', startTimer as () => void);
  }
}
