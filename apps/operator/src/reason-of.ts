interface Problem {
  readonly message?: unknown;
  readonly code?: unknown;
  readonly cause?: unknown;
}

/** Why something failed, in one line: every message on the way to the first cause, but none twice. */
export function reasonOf(error: unknown): string {
  const reasons: string[] = [];
  for (let problem = error; typeof problem === 'object' && problem !== null;) {
    const { message, code, cause } = problem as Problem;
    // Node's error about several addresses has no message, but a code.
    const reason = [message, code].find((text) => typeof text === 'string' && text !== '') as string | undefined;
    if (reason !== undefined && !reasons.some((former) => former.includes(reason))) reasons.push(reason);
    problem = cause;
  }
  return reasons.length > 0 ? reasons.join(': ') : String(error);
}
