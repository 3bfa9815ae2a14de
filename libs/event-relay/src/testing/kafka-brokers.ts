/** Brokers of Apache Kafka that others may use as well: they are not killed, and what is set of them is not known. */
export interface KafkaBrokers {
  /** Where clients begin: `host:port`, several with commas. */
  readonly bootstrap: string;
  stop(): Promise<void>;
}
