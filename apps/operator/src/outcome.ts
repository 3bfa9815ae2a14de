/** How a command ends, for whoever reads it and for scripts. */
export interface Outcome {
  readonly text: string;
  readonly exitCode: ExitCode;
}

export const exitCodes = {
  /** All is well; what was asked for is done, or written down. */
  well: 0,
  /** An operator has to do something. */
  needsOperator: 1,
  /** An engine could not be asked, so nobody can tell. */
  notAsked: 2,
  /** The command line makes no sense (EX_USAGE of sysexits.h); a wrong environment ends with 78, as for the servers. */
  usage: 64,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
