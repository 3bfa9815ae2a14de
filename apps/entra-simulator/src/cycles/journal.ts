import { type Result } from '#kernel';
import { type Failure, type ScimAnswer } from '../client/scim-request.js';
import { type AcknowledgedWrite, type DoubtfulWrite } from '../expectation/acknowledged-write.js';
import { type ExpectedDirectory } from '../expectation/expected-directory.js';
import { type SimulationListener } from '../simulation-listener.js';

/** Keeps the expectation in step with what the server acknowledges. */
export class Journal {
  readonly #expected: ExpectedDirectory;
  readonly #listener: SimulationListener;

  constructor(expected: ExpectedDirectory, listener: SimulationListener) {
    this.#expected = expected;
    this.#listener = listener;
  }

  acknowledge(write: AcknowledgedWrite): void {
    this.#expected.apply(write);
    this.#listener.acknowledged?.(write);
  }

  /** @returns whether the write was acknowledged. After anything but a clear refusal nobody knows if it happened. */
  settle(outcome: Result<ScimAnswer, Failure>, write: DoubtfulWrite): boolean {
    if (outcome.ok) this.acknowledge(write);
    else if (!isRefusal(outcome.error.status)) this.#doubt(write);
    return outcome.ok;
  }

  #doubt(write: DoubtfulWrite): void {
    this.#expected.doubt(write);
    this.#listener.doubted?.(write);
  }
}

function isRefusal(status: number | undefined): boolean {
  return status !== undefined && status >= 400 && status < 500 && status !== 429;
}
