import { TargetUnavailableError } from '#projections';

/** For `catch`: answers this where a reader's memory is away, or its answer got lost. Whatever else is thrown passes. */
export function whereAway<Instead>(instead: Instead): (error: unknown) => Instead {
  return (error) => {
    if (error instanceof TargetUnavailableError) return instead;
    throw error;
  };
}
