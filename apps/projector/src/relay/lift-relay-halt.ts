import type { Logger } from 'pino';
import type { HaltRecord } from '#projections';
import { relayName } from './relay-projection.js';

/**
 * For an installation that publishes nothing: what had stopped its relay is over. The record is for people; that it cannot be
 * written is no reason not to start.
 */
export async function liftRelayHalt(halts: HaltRecord, logger: Logger): Promise<void> {
  try {
    await halts.lift(relayName);
  } catch (err) {
    logger.warn({ projection: relayName, err }, 'a halt cannot be lifted');
  }
}
