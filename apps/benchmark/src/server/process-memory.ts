import { readFileSync } from 'node:fs';

export interface ProcessMemory {
  /** Resident now, mebibytes. */
  readonly resident: number;
  /** The most that was ever resident, mebibytes. */
  readonly peak: number;
  /** The part of `resident` that is the process's own, without pages of mapped files, mebibytes. */
  readonly own: number;
}

/** From `/proc` (Linux only). @returns undefined where the system has no such file. */
export function memoryOf(pid: number): ProcessMemory | undefined {
  let status: string;
  try {
    status = readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return undefined;
  }
  const mebibytes = (key: string) => Number(new RegExp(`^${key}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) / 1024;
  return { resident: mebibytes('VmRSS'), peak: mebibytes('VmHWM'), own: mebibytes('RssAnon') };
}
