/** Somebody may use something from now on, or may not any more. */
export interface AccessChange {
  readonly change: 'gained' | 'lost';
  readonly tenant: string;
  /** User name, or the id where it is not known. */
  readonly user: string;
  /** Display name of the group, or its id. */
  readonly group: string;
  /** Which credential or process made it so; undefined where only the state is known. */
  readonly actor: string | undefined;
}
