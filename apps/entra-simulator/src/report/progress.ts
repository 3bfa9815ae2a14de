import { Presets, SingleBar } from 'cli-progress';
import { type SimulationListener } from '../simulation-listener.js';

/** Shows how far a run is, and leaves the screen clean when it ends. */
export interface Progress extends SimulationListener {
  stop(): void;
}

/** A bar on a terminal, one line for each phase elsewhere. */
export function showProgress(output: NodeJS.WriteStream): Progress {
  return output.isTTY ? progressBar(output) : progressLines(output);
}

/** One bar for the jobs together; its end moves away whenever a job learns what its next phase has to do. */
function progressBar(output: NodeJS.WriteStream): Progress {
  const format = '{bar} {value}/{total}  {phase}';
  const bar = new SingleBar(
    { stream: output, format, hideCursor: true, clearOnComplete: true },
    Presets.shades_classic,
  );
  let total = 0;
  bar.start(0, 0, { phase: '' });
  return {
    phaseStarted: (phase, work) => {
      total += work;
      bar.setTotal(total);
      bar.update({ phase });
    },
    advanced: () => bar.increment(),
    stop: () => bar.stop(),
  };
}

function progressLines(output: NodeJS.WritableStream): Progress {
  return {
    phaseStarted: (phase, work) => void output.write(`${phase}: ${work}\n`),
    stop: () => {},
  };
}
