import { type AcknowledgedWrite, type DoubtfulWrite } from './expectation/acknowledged-write.js';

/** Is told about a run while it goes on. Called synchronously: what it does is part of the run's time. */
export interface SimulationListener {
  /** A job starts a phase with this many pieces of work; jobs run side by side. */
  phaseStarted?(phase: string, work: number): void;
  /** One piece of work of the phase is done, well or not. */
  advanced?(phase: string): void;
  /** The server answered a write with success: from now on it must not lose it. */
  acknowledged?(write: AcknowledgedWrite): void;
  /** A write got no answer, or one that leaves open whether it happened. */
  doubted?(write: DoubtfulWrite): void;
}
