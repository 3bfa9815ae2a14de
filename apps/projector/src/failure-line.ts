import type { ProjectionFailure } from '#projections';

/** What log lines tell of a failure; pino shows the cause as `err`. */
export function failureLine({ cause: err, ...failure }: ProjectionFailure): Readonly<Record<string, unknown>> {
  return { ...failure, ...('position' in failure && { position: String(failure.position) }), err };
}
