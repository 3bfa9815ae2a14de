/** One reason why this process may not be able to serve. */
export interface HealthIndicator {
  readonly name: string;
  /** Undefined where all is well, otherwise what is wrong in words for an operator. Cheap, never throws. */
  problem(): string | undefined;
}

/** Injection token of the list of indicators that `/health/ready` asks. */
export const HEALTH_INDICATORS = Symbol('HEALTH_INDICATORS');
