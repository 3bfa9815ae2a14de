import type { Logger } from 'pino';
import { endsOwnership, type GenerationObserver } from '#projections';
import { failureLine } from './failure-line.js';

/** Log lines about what is built beside the live generation of a projection. */
export function observeGenerations(
  projection: string,
  logger: Logger,
): Pick<GenerationObserver, 'besideChanged' | 'madeLive' | 'unclear'> {
  return {
    besideChanged: (generation, state) => {
      const line = { projection, generation };
      if (state.status === 'running')
        logger.info({ ...line, checkpoint: String(state.checkpoint) }, 'generation is built');
      if (state.status === 'retrying') logger.warn({ ...line, away: state.away, err: state.cause }, 'generation waits');
      if (state.status !== 'failed') return;
      if (state.failure.kind === 'parted') {
        logger.warn({ ...line, err: state.failure.cause }, 'generation has to be taken over anew');
      }
      if (endsOwnership(state.failure)) return;
      logger.error(
        { ...line, ...failureLine(state.failure) },
        'generation cannot be built; the live one goes on. Drop it and ask again',
      );
    },
    madeLive: (generation) => logger.info({ projection, generation }, 'generation is live'),
    unclear: (err) => logger.warn({ projection, err }, 'generations cannot be looked at now'),
  };
}
