/** Somebody may use something. */
export interface Access {
  readonly tenant: string;
  /** User name, or the id where it is not known. */
  readonly user: string;
  /** Display name of the group, or its id. */
  readonly group: string;
}

/** Somebody may use something from now on, or may not any more. */
export interface AccessChange extends Access {
  readonly change: 'gained' | 'lost';
  /** Which credential or process made it so; undefined where only the state is known. */
  readonly actor: string | undefined;
}
