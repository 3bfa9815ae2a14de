import type { Position } from '#event-store';
import type { GenerationStatus, Status } from '../status/status.js';

const upToDate = {
  checkpoint: 7n as Position,
  lag: { events: 0, isMore: false, since: undefined },
  standsStill: false,
};

/** A live one that is up to date, unless said otherwise. */
export function sampleGeneration(differing: Partial<GenerationStatus> = {}): GenerationStatus {
  return { number: 3, state: 'live', codeVersion: '2-abc', isKeptUp: true, ...upToDate, ...differing };
}

/** All is well, unless said otherwise. */
export function sampleStatus(differing: Partial<Status> = {}): Status {
  return {
    composition: 'distributed',
    head: 7n as Position,
    leader: { isRunning: true, holder: 'projector-1 process 7 abc', since: Date.UTC(2026, 10, 27) },
    generations: [sampleGeneration()],
    relay: { ...upToDate, parkedKeys: 0 },
    halts: [],
    unasked: [],
    ...differing,
  };
}
