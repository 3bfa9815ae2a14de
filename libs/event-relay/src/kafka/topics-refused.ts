/** The topics cannot be published to as they are; a person must act. Every reason is a sentence of its own. */
export class TopicsRefused extends Error {
  override readonly name = 'TopicsRefused';

  constructor(readonly reasons: readonly string[]) {
    super(`The topics are not as they have to be. ${reasons.join(' ')}`);
  }
}
