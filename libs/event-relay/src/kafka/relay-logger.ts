import { type logCreator, logLevel } from 'kafkajs';

/** Where log lines of the relay go; a pino logger fits. */
export interface RelayLogger {
  warn(details: object, message: string): void;
  info(details: object, message: string): void;
  debug(details: object, message: string): void;
}

/** What of a line's details is passed on. Anything else might one day hold a request, and with it a password. */
const passedOn = ['broker', 'error', 'retryCount', 'retryTime', 'topic', 'groupId', 'memberId'] as const;

/** It means producers that are used again after their retries ran out, which ours never are. */
const aboutLimitedRetries = /^Limiting retries for the idempotent producer/;

/**
 * The client's own lines among the product's. Its errors are warnings here: it goes on trying, and whether a person must
 * act is for the relay to say.
 */
export function kafkaLogsTo(logger: RelayLogger): logCreator {
  return () =>
    ({ namespace, level, log: { message, ...details } }) => {
      const known = Object.fromEntries(
        passedOn.filter((name) => details[name] !== undefined).map((name) => [name, details[name] as unknown]),
      );
      const line = { kafka: namespace, ...known };
      if (level <= logLevel.WARN && !aboutLimitedRetries.test(message)) logger.warn(line, message);
      else if (level === logLevel.INFO) logger.info(line, message);
      else logger.debug(line, message);
    };
}
