import type { Installation } from '../installation/installation.js';
import { exitCodes, type Outcome } from '../outcome.js';

/** Leaves the wish that the view be built anew. */
export async function requestRebuild(installation: Installation): Promise<Outcome> {
  const answer = await installation.administration().requestRebuild();
  switch (answer.outcome) {
    case 'asked':
      return well(`Written down: build generation ${answer.number}. ${await whenItIsDone(installation)}`);
    case 'under-way':
      return underWay(answer.number);
    case 'nothing-live':
      return refused('No generation of the view is live: it is built when a server first starts.');
  }
}

/** Leaves the wish that a retired generation be live again. */
export async function requestReturn(installation: Installation, number: number): Promise<Outcome> {
  const answer = await installation.administration().requestReturn(number);
  switch (answer.outcome) {
    case 'asked':
      return well(`Written down: return to generation ${number}. ${await whenItIsDone(installation)}`);
    case 'under-way':
      return underWay(answer.number);
    case 'not-retired':
      return refused(`Generation ${number} is not a retired one.`);
    case 'foreign':
      return refused(`Generation ${number} is of another release, or of another log, than what is live.`);
  }
}

/** Removes a generation and its rows. */
export async function dropGeneration(installation: Installation, number: number): Promise<Outcome> {
  switch ((await installation.administration().drop(number)).outcome) {
    case 'dropped':
      return well(`Generation ${number} is dropped.`);
    case 'live':
      return refused(`Generation ${number} is live: readers see it.`);
    case 'unknown':
      return refused(`There never was a generation ${number}.`);
  }
}

async function whenItIsDone(installation: Installation): Promise<string> {
  const { isRunning } = await installation.leader();
  const shown = '"status" shows how far it is.';
  return isRunning
    ? `It is begun within seconds; ${shown}`
    : `Nobody builds now; it is begun once somebody does. ${shown}`;
}

function underWay(number: number): Outcome {
  return well(`Generation ${number} is being built already. "status" shows how far it is.`);
}

function well(sentence: string): Outcome {
  return { text: `${sentence}\n`, exitCode: exitCodes.well };
}

function refused(sentence: string): Outcome {
  return { text: `${sentence} Nothing was changed.\n`, exitCode: exitCodes.needsOperator };
}
