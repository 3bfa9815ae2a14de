import { afterEach, describe, expect, it } from '@jest/globals';
import type { Ask } from '#projections-postgres';
import { SchemaRegistry } from '#scim-protocol';
import { codeVersionOf } from '../tables/code-version.js';
import { FollowedDirectoryView } from './followed-directory-view.js';

const registry = new SchemaRegistry();
const live = (number: number) => ({ number, code_version: codeVersionOf(registry), log_identity: 'log' });

describe('a view that is followed', () => {
  const view = new FollowedDirectoryView({ url: 'postgres://localhost/scim', registry, logIdentity: 'log' });
  afterEach(() => view.close());

  /** Answers which generation is live, and after `meanwhile` how far it has come. */
  const answering =
    (number: number, position: number, meanwhile?: () => void): Ask =>
    async <Row>(text: string) => {
      if (text.includes('.generation AS')) return [live(number)] as Row[];
      meanwhile?.();
      return [{ position: String(position) }] as Row[];
    };

  it('stays readable where a notification has told more than a look that was under way', async () => {
    expect(await view.current(answering(1, 5))).toBe(5n);
    const late = answering(1, 7, () => expect(view.heard('1/9')).toBe(9n));
    expect(await view.current(late)).toBe(7n);
    expect(view.problem).toBeUndefined();
    expect(() => view.liveReads).not.toThrow();
  });

  it('is not read from a generation that is built again until that has come as far', async () => {
    expect(await view.current(answering(1, 9))).toBe(9n);
    expect(await view.current(answering(2, 7))).toBeUndefined();
    expect(() => view.liveReads).toThrow('it is built again, and at position 7 of 9');
    expect(await view.current(answering(2, 9))).toBe(9n);
    expect(view.problem).toBeUndefined();
  });
});
