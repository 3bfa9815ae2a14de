/** What the processes around one view in PostgreSQL know of each other, by name in its database. */
export const projectorNames = {
  /** Of the lease whose holder builds the view and runs the processes. */
  lease: 'projector',
  /** Of the process that ends the memberships of what was deleted. */
  membershipEnd: 'membership-end',
} as const;
