import { readFileSync } from 'node:fs';

/** Length of the kernel's clock ticks in `/proc`, microseconds (USER_HZ is 100 wherever Node.js runs on Linux). */
const tick = 10_000;
/** Places of utime and stime after the process's name, which is in brackets and may hold anything (proc_pid_stat(5)). */
const userPlace = 11;
const systemPlace = 12;

/** Processor time that all threads of a process have used, microseconds. @returns undefined where there is no `/proc`. */
export function cpuTimeOf(pid: number): number | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return undefined;
  }
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[userPlace]) + Number(fields[systemPlace])) * tick;
}
